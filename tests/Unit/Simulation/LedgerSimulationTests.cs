using System.Globalization;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Simulation;

/// <summary>
/// The real rooms through many made-up lives. FUNDINGFLOW_SEED=17 replays one that failed; FUNDINGFLOW_SEEDS=2000 and
/// FUNDINGFLOW_STEPS=500 make a longer run, FUNDINGFLOW_FIRST_SEED another one, FUNDINGFLOW_WILD=1 one in which steps are taken at once.
/// </summary>
public sealed class LedgerSimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 100;
    private const int Steps = 100;

    private static readonly string[] Happens =
    [
        "opened", "placed", "confirmed", "received", "withdrawn", "acknowledged", "need-stated", "moved-out", "moved-in", "arrived",
        "amended", "shrunk", "declined", "moved", "moved-in as committed", "written-off", "expired",
        "reversed", "settled", "told", "rebalanced",
    ];

    [Fact]
    public async Task Whatever_happens_in_whatever_order_and_fails_wherever_the_books_are_proved_after_it()
    {
        var one = Setting("FUNDINGFLOW_SEED");
        var (first, count, steps) = (one ?? Setting("FUNDINGFLOW_FIRST_SEED") ?? 1, one is null ? Setting("FUNDINGFLOW_SEEDS") ?? Seeds : 1, Setting("FUNDINGFLOW_STEPS") ?? Steps);
        var divisions = 0;
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = first; seed < first + count; seed++)
        {
            var run = new LedgerRun(seed, Setting("FUNDINGFLOW_WILD") is not null);
            try
            {
                await run.RunAsync(steps);
                divisions += run.Proof.Divisions;
                foreach (var (kind, times) in run.Proof.Kinds) kinds[kind] = kinds.GetValueOrDefault(kind) + times;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed} failed after step {run.Trace.Count}. Replay it with FUNDINGFLOW_SEED={seed} FUNDINGFLOW_STEPS={steps}.{Environment.NewLine}{failure.Message}{Environment.NewLine}{run}", failure);
            }
        }

        output.WriteLine($"{count} seeds of {steps} steps: {string.Join(", ", kinds.Select(kind => $"{kind.Key} {kind.Value}"))}.");
        // A life in which something never happened proves nothing about it.
        if (count >= Seeds) Assert.Empty(Happens.Except(kinds.Keys));
    }

    private static int? Setting(string name)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;
}
