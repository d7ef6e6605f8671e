using System.Globalization;

namespace FundingFlow.Benchmarks;

/// <summary>What a benchmark is given: how much to do, and where to say what came of it.</summary>
/// <param name="Quick">A tenth of the work: shows that it runs; its figures are no measurement.</param>
/// <param name="Prices">Assumed prices, in US dollars for 10,000 operations.</param>
public sealed record BenchmarkRun(bool Quick, Prices Prices, CancellationToken Stop)
{
    private readonly List<string> figures = [];

    /// <summary>Everything that <see cref="Figure"/> was told, for the end.</summary>
    public IReadOnlyList<string> Figures => figures;

    /// <summary>The count, or a tenth of it in a quick run.</summary>
    public int Scale(int count) => Quick ? Math.Max(1, count / 10) : count;

    public static void Say(FormattableString text) => Console.WriteLine("    " + text.ToString(CultureInfo.InvariantCulture));

    /// <param name="aim">How the figure compares with what was wanted, such as <c>≥ 0.8</c>.</param>
    public void Figure(string name, double value, string aim, bool isMet)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{name,-66} {value,8:0.00}   aim {aim,-8} {(isMet ? "met" : "MISSED")}");
        figures.Add(line);
        Console.WriteLine("  = " + line);
    }

    public void AtLeast(string name, double value, double aim) => Figure(name, value, string.Create(CultureInfo.InvariantCulture, $"≥ {aim}"), value >= aim);

    public void AtMost(string name, double value, double aim) => Figure(name, value, string.Create(CultureInfo.InvariantCulture, $"≤ {aim}"), value <= aim);
}

/// <summary>US dollars for 10,000 operations. Assumptions: the price page of your region has the real ones.</summary>
public sealed record Prices(decimal Tables, decimal Queues)
{
    /// <summary>The order of the public list prices of a general-purpose v2 account with local redundancy in 2025; not checked against a bill.</summary>
    public static readonly Prices Assumed = new(0.00036m, 0.004m);
}
