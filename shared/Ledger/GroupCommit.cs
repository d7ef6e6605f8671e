using System.Collections.Concurrent;

namespace FundingFlow.Ledger;

/// <summary>
/// Opens the lines of concurrent callers together. While one transaction of an area is under way, the lines that come wait, and the next one
/// takes all of them that fit; a line that comes alone goes at once, as without this. A caller that gives up changes nothing for the others,
/// nor for its own line: what was handed in is opened. Safe for concurrent use.
/// </summary>
internal sealed class GroupCommit(LinePlacer placer, LinesTogether together, LedgerOptions options)
{
    private readonly ConcurrentDictionary<string, AreaQueue> areas = new(StringComparer.Ordinal);

    /// <exception cref="Exception">What this line alone would have thrown; never a neighbour's.</exception>
    public Task OpenAsync(Line line, string by, CancellationToken stop)
    {
        var waiting = new Waiting(line, by);
        var queue = areas.GetOrAdd(line.Area, static _ => new AreaQueue());
        if (queue.Add(waiting)) _ = WorkAsync(queue);
        return waiting.Opened.Task.WaitAsync(stop);
    }

    /// <summary>Until nobody waits. Under no caller's token: the work is everybody's.</summary>
    private async Task WorkAsync(AreaQueue queue)
    {
        while (queue.Take(options.MostLinesTogether) is { Count: > 0 } group)
            if (group is [var only]) await OpenAloneAsync(only);
            else await OpenAsync(group);
    }

    /// <param name="group">Of one area and one <see cref="Waiting.By"/>.</param>
    private async Task OpenAsync(IReadOnlyList<Waiting> group)
    {
        IReadOnlyCollection<Line> left;
        try
        {
            left = await together.OpenAsync(group[0].Line.Area, [.. group.Select(waiting => waiting.Line)], group[0].By, CancellationToken.None);
        }
        catch (Exception)
        {
            // Whose failure it was shows when each goes alone; what was committed meanwhile is not done twice.
            left = [.. group.Select(waiting => waiting.Line)];
        }

        var alone = left.ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var waiting in group.Where(waiting => !alone.Contains(waiting.Line))) waiting.Opened.TrySetResult();
        foreach (var waiting in group.Where(waiting => alone.Contains(waiting.Line))) await OpenAloneAsync(waiting);
    }

    private async Task OpenAloneAsync(Waiting waiting)
    {
        try
        {
            await placer.OpenAsync(waiting.Line, withdrawn: false, waiting.By, CancellationToken.None);
            waiting.Opened.TrySetResult();
        }
        catch (Exception failure)
        {
            waiting.Opened.TrySetException(failure);
        }
    }

    private sealed record Waiting(Line Line, string By)
    {
        /// <summary>Continuations run elsewhere, so that no caller holds up the area.</summary>
        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Who waits for an area, and whether somebody works them off.</summary>
    private sealed class AreaQueue
    {
        private readonly Lock gate = new();
        private readonly LinkedList<Waiting> waiting = [];
        private bool isWorked;

        /// <returns>Whether the caller is to work the queue off.</returns>
        public bool Add(Waiting one)
        {
            lock (gate)
            {
                waiting.AddLast(one);
                return !isWorked && (isWorked = true);
            }
        }

        /// <summary>The first and those of the same hand; nobody: the work is at its end.</summary>
        public IReadOnlyList<Waiting> Take(int most)
        {
            lock (gate)
            {
                isWorked = waiting.Count > 0;
                if (!isWorked) return [];
                var by = waiting.First!.Value.By;
                List<Waiting> taken = [.. waiting.Where(one => one.By == by).Take(most)];
                foreach (var one in taken) waiting.Remove(one);
                return taken;
            }
        }
    }
}
