using FundingFlow.Ledger;
using FundingFlow.Projects;

namespace FundingFlow.Pledges.Commands;

/// <summary>Ends a pledge in all of its lines, wherever ingestion, an amendment or a sending between areas stands at that moment.</summary>
public sealed class PledgeClosing(PledgeBooks pledgeBooks, PledgeLines lines, Books books, Amendments amendments, ForumCalendar calendar)
{
    /// <param name="pledge">As stored, with its split and marked as ended: from now on it is opened, or amended, no more.</param>
    /// <param name="version">Of the pledge that ended it; a line that has it is left as it is.</param>
    public async Task CloseAsync(Pledge pledge, Closing closing, int version, string by, CancellationToken stop)
    {
        await amendments.FinishAsync(pledge.Id, stop);
        foreach (var part in PledgeLines.SplitOf(pledge)!)
        {
            var tombstone = await lines.OpenAsync(pledge, part, calendar.Now, stop);
            await books.CloseAsync(part.Area, pledge.Id, () => tombstone, version, closing, by, stop);
        }

        // A closed line sends nothing more; what lines had sent before still arrives, and is taken back where it arrives.
        while (true)
        {
            var now = (await pledgeBooks.ReadAsync(pledge, stop)).Lines;
            foreach (var line in now.Where(line => line.Sendings.Any(sending => !sending.Done))) await books.FinishSendingsAsync(line, stop);
            var behind = now.Where(line => line.Version < version).ToList();
            foreach (var line in behind) await books.CloseAsync(line.Area, pledge.Id, () => line, version, closing, by, stop);
            if (behind.Count == 0 && now.All(line => line.Sendings.All(sending => sending.Done))) return;
        }
    }
}
