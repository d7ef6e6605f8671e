using System.Diagnostics;

namespace FundingFlow.Matching.Optimum;

/// <summary>Measures the time inside the solvers' own calls (handing over the graph, solving, reading the flows) and the largest graph.</summary>
internal sealed class SolverClock
{
    private readonly Stopwatch whole = Stopwatch.StartNew();
    private readonly Stopwatch solving = new();

    public int Nodes { get; private set; }

    public int Arcs { get; private set; }

    public Running Run()
    {
        solving.Start();
        return new Running(solving);
    }

    public void Saw(FlowGraph graph)
    {
        Nodes = Math.Max(Nodes, graph.Nodes);
        Arcs = Math.Max(Arcs, graph.Arcs);
    }

    public OptimumStatistics Statistics(int links) => new(whole.Elapsed, solving.Elapsed, Nodes, Arcs, links);

    internal readonly struct Running(Stopwatch watch) : IDisposable
    {
        public void Dispose() => watch.Stop();
    }
}
