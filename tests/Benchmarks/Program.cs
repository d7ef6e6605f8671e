using System.Diagnostics;
using System.Globalization;
using FundingFlow.Benchmarks;

const string Help = """
    dotnet run -c Release --project tests/Benchmarks -- [name…] [--quick] [--price-tables USD] [--price-queues USD]

    Without a name all run, one after the other, in about a quarter of an hour. Prices are in US dollars for 10,000 operations.
    """;

if (args is [TablesElsewhere.Command])
{
    await TablesElsewhere.ServeAsync();
    return 0;
}

var all = typeof(IBenchmark).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IBenchmark)))
    .Select(type => (IBenchmark)Activator.CreateInstance(type)!).OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal).ToList();
var (names, quick, prices) = (new List<string>(), false, Prices.Assumed);
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--quick") quick = true;
    else if (args[i] == "--price-tables" && Price(i + 1) is { } tables) (prices, i) = (prices with { Tables = tables }, i + 1);
    else if (args[i] == "--price-queues" && Price(i + 1) is { } queues) (prices, i) = (prices with { Queues = queues }, i + 1);
    else if (all.Exists(benchmark => benchmark.Name == args[i])) names.Add(args[i]);
    else
    {
        Console.Error.WriteLine($"{args[i]} is none of: {string.Join(' ', all.Select(benchmark => benchmark.Name))}\n\n{Help}");
        return 2;
    }
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
var run = new BenchmarkRun(quick, prices, stopping.Token);
Console.WriteLine($"{Environment.ProcessorCount} processors, {Environment.OSVersion}, .NET {Environment.Version}{(quick ? ", QUICK: no measurement" : "")}");
foreach (var benchmark in all.Where(benchmark => names.Count == 0 || names.Contains(benchmark.Name)))
{
    Console.WriteLine($"\n{benchmark.Name}");
    var started = Stopwatch.GetTimestamp();
    await benchmark.RunAsync(run);
    BenchmarkRun.Say($"({Stopwatch.GetElapsedTime(started).TotalSeconds:0} s)");
}

Console.WriteLine("\n" + string.Join('\n', run.Figures));
return 0;

decimal? Price(int at) => at < args.Length && decimal.TryParse(args[at], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) ? price : null;
