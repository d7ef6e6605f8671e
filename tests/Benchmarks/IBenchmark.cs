namespace FundingFlow.Benchmarks;

/// <summary>
/// One ratio, or a few that belong together, each measured with its floor in the same run. A new one is a class of its own: the program
/// finds it by this interface.
/// </summary>
public interface IBenchmark
{
    /// <summary>As it is asked for on the command line.</summary>
    string Name { get; }

    /// <summary>Prints what it measures with <see cref="BenchmarkRun.Say"/>, and each figure with <see cref="BenchmarkRun.Figure"/>.</summary>
    Task RunAsync(BenchmarkRun run);
}
