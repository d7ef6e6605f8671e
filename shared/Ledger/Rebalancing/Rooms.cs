using FundingFlow.Matching;
using FundingFlow.Money;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>What units can find no place in: a need, or (with a partner, and no need) that partner's share of a project.</summary>
internal readonly record struct Room(string Area, string ProjectId, string NeedId, string PartnerId, string UnitCode) : IComparable<Room>
{
    public int CompareTo(Room other)
    {
        var byArea = string.CompareOrdinal(Area, other.Area);
        if (byArea != 0) return byArea;
        var byProject = string.CompareOrdinal(ProjectId, other.ProjectId);
        if (byProject != 0) return byProject;
        var byNeed = string.CompareOrdinal(NeedId, other.NeedId);
        if (byNeed != 0) return byNeed;
        var byPartner = string.CompareOrdinal(PartnerId, other.PartnerId);
        return byPartner != 0 ? byPartner : string.CompareOrdinal(UnitCode, other.UnitCode);
    }
}

/// <summary>How much room there is in the books as they were read, and which of it a move takes or gives.</summary>
internal sealed class Rooms
{
    private readonly Dictionary<Room, long> needs = [];
    private readonly Dictionary<(string Area, string ProjectId, string UnitCode), long> most = [];
    private readonly Dictionary<Room, long> held = [];
    private readonly Dictionary<Place, Unit> units = [];
    private readonly HashSet<string> tight;
    private readonly PlacingPolicy policy;

    public Rooms(BooksAt books, PlacingPolicy policy)
    {
        this.policy = policy;
        tight = [.. books.Lines.Where(line => line.Earmark.IsTight).Select(line => line.PledgeId)];
        foreach (var need in books.Needs)
        {
            units[Place.Of(need)] = need.Unit;
            needs[new Room(need.Area, need.ProjectId, need.NeedId, "", "")] = need.Required - need.Filled - need.Reserved;
        }

        foreach (var project in books.Needs.Where(need => policy.In(need.Area).SharePercent is not null).GroupBy(need => (need.Area, need.ProjectId, need.Unit.Code)))
            most[project.Key] = (long)Int128.Min(long.MaxValue, ShareCaps.MostOf(project, policy.In(project.Key.Area).SharePercent!.Value));
        foreach (var part in books.Parts.Where(part => policy.In(part.Area).SharePercent is not null))
        {
            var share = new Room(part.Area, part.ProjectId, "", part.PartnerId, part.NeedUnit.Code);
            held[share] = held.GetValueOrDefault(share) + part.Total.Value;
        }
    }

    /// <summary>Of a share it is made out when it is asked for: there are as many as partners times projects, and few that a move touches.</summary>
    public long LeftAt(Room room) => room.PartnerId.Length == 0 ? needs.GetValueOrDefault(room)
        : most.GetValueOrDefault((room.Area, room.ProjectId, room.UnitCode)) - held.GetValueOrDefault(room);

    public IEnumerable<Room> Of(RebalanceMove move, Place? place)
    {
        if (place is not { } at) yield break;
        yield return new Room(at.Area, at.Need.ProjectId, at.Need.NeedId, "", "");
        if (!tight.Contains(move.PledgeId) && policy.In(at.Area).SharePercent is not null)
            yield return new Room(at.Area, at.Need.ProjectId, "", Pledges.PledgeId.PartnerOf(move.PledgeId)!, units[at].Code);
    }
}
