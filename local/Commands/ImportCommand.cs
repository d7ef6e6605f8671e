using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FundingFlow.Local.Hosting;
using FundingFlow.Validation;
using Spectre.Console;

namespace FundingFlow.Local.Commands;

/// <summary>Hands a spreadsheet to a running host and follows its import to the end.</summary>
public sealed class ImportCommand : ICommand
{
    private const int Refused = 3;
    private const int ShownErrors = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly string[] Kinds = ["partners", "projects", "pledges"];

    public string Name => "import";

    public string Help => $"""
        dotnet run --project local -- import FILE [options]        import a CSV into a running FundingFlow
          --map MAP          the mapping file (see samples/mappings); without one FILE has our own headers
          --kind KIND        partners, projects or pledges (default: what the mapping says)
          --dry-run          check every line, change nothing
          --url URL          where it runs (default http://127.0.0.1:{LocalHostOptions.DefaultPort})
          --key KEY          the API key (default: the staff key in the data folder)
          --data DIR         that folder (default {LocalHostOptions.DefaultDataFolder})
          exit code          0 every line went in, {Refused} some were refused, 1 it could not be done
        """;

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        var request = Parse(arguments);
        using var direct = new HttpClientHandler { UseProxy = !request.Url.IsLoopback };
        using var http = new HttpClient(direct) { BaseAddress = request.Url };
        http.DefaultRequestHeaders.Add("X-Api-Key", request.Key);
        try
        {
            var location = await SubmitAsync(http, request);
            var import = await FollowAsync(http, location, clock);
            return Tell(import, location, request, terminal);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or ImportFailedException)
        {
            terminal.Fail(e is HttpRequestException { InnerException: not null } ? $"Nobody answers at {request.Url}: start it with 'dotnet run --project local'." : e.Message);
            return 1;
        }
    }

    private static Request Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options(arguments);
        var map = options.Value("--map");
        var kind = options.Value("--kind");
        var dryRun = options.Flag("--dry-run");
        var url = options.Value("--url") ?? $"http://127.0.0.1:{LocalHostOptions.DefaultPort}";
        var key = options.Value("--key");
        var data = options.Value("--data") ?? LocalHostOptions.DefaultDataFolder;
        var file = options.Word() ?? throw new UsageException("The command import needs a file.");
        options.End();
        if (!File.Exists(file)) throw new UsageException($"There is no file {file}.");
        if (map is not null && !File.Exists(map)) throw new UsageException($"There is no mapping {map}.");
        kind ??= map is null ? throw new UsageException("Say --kind, or give a mapping that does.") : KindOf(map);
        if (!Kinds.Contains(kind)) throw new UsageException($"The argument --kind is one of {string.Join(", ", Kinds)}, not '{kind}'.");
        if (!Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new UsageException($"The argument --url takes an address, not '{url}'.");
        return new Request(file, map, kind, dryRun, address, key ?? KeyIn(data));
    }

    private static string KindOf(string map)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonInput.WithoutMark(File.ReadAllBytes(map)));
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("kind", out var kind)
                && kind.ValueKind == JsonValueKind.String) return kind.GetString()!;
        }
        catch (JsonException e)
        {
            throw new UsageException($"The mapping {map} is not JSON (line {e.LineNumber + 1}).");
        }

        throw new UsageException($"The mapping {map} says no kind.");
    }

    /// <summary>Read only: a folder that is not there is not made by asking for its key.</summary>
    private static string KeyIn(string data)
    {
        var file = Path.Combine(data, "keys.json");
        if (!File.Exists(file)) throw new UsageException($"There is no key in {file}: give --key, or --data with the folder of the running host.");
        using var keys = JsonDocument.Parse(File.ReadAllBytes(file));
        return keys.RootElement.TryGetProperty("staff", out var staff) && staff.GetString() is { } key
            ? key
            : throw new UsageException($"There is no staff key in {file}: give --key.");
    }

    private static async Task<string> SubmitAsync(HttpClient http, Request request)
    {
        using var form = new MultipartFormDataContent();
        form.Add(Part(request.File, "text/csv"), "file", "file.csv");
        if (request.Map is not null) form.Add(Part(request.Map, "application/json"), "mapping", "mapping.json");
        using var answer = await http.PostAsync($"api/imports?kind={request.Kind}&dryRun={(request.DryRun ? "true" : "false")}", form);
        await CheckAsync(answer);
        return answer.Headers.Location?.ToString().TrimStart('/') ?? throw new ImportFailedException("The answer names no import.");
    }

    private static ByteArrayContent Part(string file, string type)
        => new(File.ReadAllBytes(file)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private static Task<Import> FollowAsync(HttpClient http, string location, TimeProvider clock)
        => AnsiConsole.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("waiting");
                while (true)
                {
                    var import = await ReadAsync(http, location);
                    bar.MaxValue = Math.Max(1, import.Rows);
                    bar.Value = import.Done;
                    bar.Description = $"{import.Done} of {import.Rows} lines, {import.Refused} refused";
                    if (import.Status is "done" or "failed") return import;
                    await Task.Delay(Pause, clock);
                }
            });

    private static async Task<Import> ReadAsync(HttpClient http, string location)
    {
        using var answer = await http.GetAsync(location);
        await CheckAsync(answer);
        return await answer.Content.ReadFromJsonAsync<Import>() ?? throw new ImportFailedException("The import answers nothing.");
    }

    private static async Task CheckAsync(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode) return;
        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        var problem = isProblem ? await answer.Content.ReadFromJsonAsync<Problem>() : null;
        if (problem is null) throw new ImportFailedException($"It answers {(int)answer.StatusCode}.");
        var errors = (problem.Errors ?? []).SelectMany(pair => pair.Value.Select(error => $"{Environment.NewLine}  {pair.Key} {error}"));
        throw new ImportFailedException($"{problem.Title}: {problem.Detail}{string.Concat(errors.Take(ShownErrors))}");
    }

    private static int Tell(Import import, string location, Request request, Terminal terminal)
    {
        foreach (var error in import.Errors.Take(ShownErrors))
            terminal.Say($"line {error.Line}: {(error.Field.Length == 0 ? "" : error.Field + " ")}{error.Error}");
        if (import.Errors.Count > ShownErrors) terminal.Say("…");
        if (import.Refused + import.Skipped > 0) terminal.Say($"Lines that did not go in: {new Uri(request.Url, location + "/errors.csv")}");
        var what = request.DryRun ? "would go in" : "went in";
        terminal.Say($"{import.Rows} lines: {import.Accepted} {what} ({import.Unchanged} of them changed nothing), {import.Refused} refused, {import.Skipped} skipped.");
        if (import.Status != "failed") return import.Refused > 0 ? Refused : 0;
        terminal.Fail("It failed: " + import.Failure);
        return 1;
    }

    private sealed record Request(string File, string? Map, string Kind, bool DryRun, Uri Url, string Key);
    private sealed record Import(
        string Status, int Rows, int Done, int Accepted, int Unchanged, int Refused, int Skipped, string? Failure, IReadOnlyList<ImportLineError> Errors);
    private sealed record ImportLineError(int Line, string Field, string Error);
    private sealed record Problem(string Title, string Detail, Dictionary<string, string[]>? Errors);
    private sealed class ImportFailedException(string message) : Exception(message);
}
