using FundingFlow.Access;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges;

public sealed record PledgePage(IReadOnlyList<PledgeView> Items, string? Continuation);

/// <summary>Reads pledges for the API, each with what the books hold of it.</summary>
public sealed class PledgeQueries(PledgeStore store, PledgeBooks books, ReceiptBook receipts, PledgeWaits waits, ForumCalendar calendar)
{
    private const int MostScanned = 500;

    /// <returns>The pledge, and the ETag of what is promised in it.</returns>
    public async Task<Outcome<(PledgeView View, string ETag)>> GetAsync(string pledgeId, Caller caller, CancellationToken stop)
    {
        if (await store.FindAsync(pledgeId, stop) is not { } stored || !caller.MaySeePartner(stored.Value.PartnerId))
            return Refusal.NotFound($"There is no pledge '{pledgeId}'.");
        return (await ViewAsync(await books.ReadAsync(stored.Value, stop), stop), Amend.ETagOf(stored.Value.Version));
    }

    public async Task<PledgeView> ViewAsync(PledgeBalance balance, CancellationToken stop)
        => PledgeViews.Of(balance, calendar.Today, await receipts.ReadAsync(balance, stop), await waits.OfAsync(balance, stop));

    /// <summary>A page in id order. A page may hold fewer than asked, or none, and still have a continuation: filters are applied while reading.</summary>
    public async Task<Outcome<PledgePage>> ListAsync(string? partner, PledgeStatus? status, string? area, int size, string? continuation, Caller caller, CancellationToken stop)
    {
        if (partner is null && caller.Role is not (Role.Staff or Role.Reader))
        {
            if (caller.Partners is not [var own])
                return Refusal.Invalid("/partner", "is required for this key: name one of its partners");
            partner = own;
        }

        if (partner is not null && !caller.MaySeePartner(partner)) return Refusal.Forbidden($"This key may not see the pledges of '{partner}'.");
        var items = new List<PledgeView>();
        for (var scanned = 0; scanned < MostScanned;)
        {
            var (pledges, next) = await PageAsync(partner, size - items.Count, continuation, stop);
            if (pledges is null) return Refusal.Invalid("/continuation", "must be the continuation that the page before gave");
            foreach (var pledge in pledges)
            {
                var balance = await books.ReadAsync(pledge, stop);
                if (status is not null && balance.Status != status) continue;
                if (area is not null && !balance.Lines.Any(line => line.Area == area) && !pledge.Areas.Any(share => share.Area == area)) continue;
                items.Add(PledgeViews.Of(balance, calendar.Today, null));
            }

            (scanned, continuation) = (scanned + pledges.Count, next);
            if (continuation is null || items.Count >= size) break;
        }

        return new PledgePage(items, continuation);
    }

    /// <summary>No pledges (null) when the token is not one of ours.</summary>
    private async Task<(IReadOnlyList<Pledge>? Pledges, string? Continuation)> PageAsync(string? partner, int size, string? continuation, CancellationToken stop)
    {
        try
        {
            return await store.PageAsync(partner, size, continuation, stop);
        }
        catch (ArgumentException) when (continuation is not null)
        {
            return (null, null);
        }
    }
}
