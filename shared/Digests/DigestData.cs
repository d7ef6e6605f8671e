using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Digests;

/// <summary>A pledge with its lines and the parts that they lie in.</summary>
/// <param name="Pledged">All that was ever pledged, in smallest units: the pledge, and what was received above what was owed.</param>
/// <param name="LastChangedAt">When it was submitted, or something last happened to it that is worth telling.</param>
public sealed record PledgeStory(Pledge Pledge, IReadOnlyList<Line> Lines, IReadOnlyList<Allocation> Parts, long Pledged, DateTimeOffset LastChangedAt);

/// <summary>A project with what stands against its needs.</summary>
public sealed record ProjectStory(Project Project, City? City, IReadOnlyList<Position> Positions)
{
    public string CityName => City?.Name ?? Project.City;
}

/// <summary>Everything that the blocks of one contact's digest tell of; read once.</summary>
/// <param name="Today">A day of the Forum.</param>
/// <param name="Since">When the contact's last digest went out, of whatever period; where none did, the first moment of the period, in the contact's time.</param>
/// <param name="Pledges">The partner's, those with the latest change first.</param>
/// <param name="Projects">Those at which parts of them lie, by id.</param>
/// <param name="Open">Projects with a gap in money in the areas that interest the contact.</param>
/// <param name="PledgeAddress">Where a partner writes to pledge; null: by answering.</param>
public sealed record DigestData(
    Partner Partner, Contact Contact, Language Language, DigestPeriod Period, DateOnly Today, DateTimeOffset Since,
    IReadOnlyList<PledgeStory> Pledges, IReadOnlyDictionary<string, ProjectStory> Projects, IReadOnlyList<OpenGap> Open,
    int DueAheadDays, string? PledgeAddress);

/// <summary>What a project lacks in money: in its own currency, and in the Forum's to compare by.</summary>
public sealed record OpenGap(ProjectStory Story, string Area, long Minor, long InReporting);
