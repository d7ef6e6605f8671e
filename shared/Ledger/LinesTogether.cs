using FundingFlow.Projects;

namespace FundingFlow.Ledger;

/// <summary>
/// Opens many lines of one area, as many in each transaction as its rows allow. Each line is placed in sight of what its neighbours in the
/// transaction take. What would read or change rows of others (a tight earmark that displaces, a partner under a share
/// cap, a line of very many parts) goes alone.
/// </summary>
internal sealed class LinesTogether(AreaBooks books, LinePlacer placer)
{
    private const int MostRows = 100;

    /// <summary>The line and its journal entry.</summary>
    private const int RowsOfALine = 2;

    /// <returns>Lines that were left, to be opened each by itself.</returns>
    public async Task<IReadOnlyList<Line>> OpenAsync(string area, IReadOnlyList<Line> lines, string by, CancellationToken stop)
    {
        var aside = new List<Line>();
        for (var next = 0; next < lines.Count;)
        {
            var start = next;
            Filling? last = null;
            // Not the command of opening the first alone: that may have to displace one of the others later.
            await books.CommitAsync(area, "opened", $"open-together.{lines[start].PledgeId}", by, async attempt =>
            {
                last = new Filling(attempt, placer, stop);
                await last.TakeAsync(lines.Skip(start));
                return last.HasOpened;
            }, stop);
            next += last!.Taken;
            aside.AddRange(last.Aside);
        }

        return aside;
    }

    /// <summary>One try of one transaction.</summary>
    private sealed class Filling(Attempt attempt, LinePlacer placer, CancellationToken stop)
    {
        private readonly HashSet<PartRef> needs = [];

        /// <summary>From 1: the outbox's row is always among them.</summary>
        private int rows = 1;

        /// <summary>Lines that need no more looking at, opened or not.</summary>
        public int Taken { get; private set; }
        public bool HasOpened { get; private set; }
        public List<Line> Aside { get; } = [];

        public async Task TakeAsync(IEnumerable<Line> lines)
        {
            foreach (var line in lines)
            {
                if (attempt.Work.FindLine(line.PledgeId) is not null) Aside.Add(line);
                else if (attempt.MayExist && await attempt.UseLineAsync(line.PledgeId) is { } present)
                {
                    // Units that another area sent back came first: it is opened into that line. A withdrawal opens what it withdraws itself.
                    if (present is { IsOpened: false, IsWithdrawn: false }) Aside.Add(line);
                }
                else if (!await TryOpenAsync(line)) return;
                Taken++;
            }
        }

        /// <returns>False: the transaction is full, or this line has to be the first of one.</returns>
        private async Task<bool> TryOpenAsync(Line line)
        {
            if (line.Standing == Standing.Held) return TryOpen(line, [], stands: true);
            var whole = line with { Unallocated = line.Amount };
            if (placer.IsCapped(line))
            {
                Aside.Add(line);
                return true;
            }

            var plan = await placer.PlanAsync(attempt, whole, overfill: false, stop);
            if (plan.Left > 0 && attempt is { IsFresh: false, Work.Area: not Areas.Any })
            {
                // Nothing is left standing on the word of a cache; but what is in hand was decided on it.
                if (HasOpened) return false;
                await attempt.RefreshAsync();
                plan = await placer.PlanAsync(attempt, whole, overfill: false, stop);
            }

            if ((plan.Left > 0 && line.Earmark.IsTight) || plan.Parts.Count > LinePlacer.MostParts)
            {
                Aside.Add(line);
                return true;
            }

            if (!TryOpen(line, [.. plan.Parts.Select(part => part.Need.Ref)], plan.Left > 0)) return false;
            foreach (var part in plan.Parts) await LinePlacer.ProposeAsync(attempt, line.PledgeId, part);
            attempt.Work.Mark(line.PledgeId, standing: plan.Standing);
            return true;
        }

        /// <param name="parts">Each a row of its own, beside the row of its need.</param>
        /// <param name="stands">Something is left, and gets its row in the index of what stands.</param>
        private bool TryOpen(Line line, IReadOnlyList<PartRef> parts, bool stands)
        {
            var more = RowsOfALine + (stands ? 1 : 0) + parts.Count + parts.Count(need => !needs.Contains(need));
            if (rows + more > MostRows) return false;
            rows += more;
            needs.UnionWith(parts);
            attempt.Work.Open(line, withdrawn: false);
            return HasOpened = true;
        }
    }
}
