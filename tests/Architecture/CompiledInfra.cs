using System.Text.Json;

namespace FundingFlow.Tests.Architecture;

/// <summary>
/// <c>infra/</c>, compiled once for all its tests, in a copy. Beside the template there is what the compiler predicts of the sample's
/// deployment: every resource of every module, with its expressions worked out as far as they can be without Azure.
/// </summary>
public sealed class CompiledInfra : IAsyncLifetime
{
    public const string StaffKey = "a-staff-key-that-nobody-may-see-in-the-output";
    public const string MailPassword = "a-mail-password-that-nobody-may-see-either";

    private readonly string folder = Directory.CreateTempSubdirectory("fundingflow-infra-").FullName;

    public (int ExitCode, string Output) Template { get; private set; }
    public (int ExitCode, string Output) Sample { get; private set; }
    public (int ExitCode, string Output) Prediction { get; private set; }
    public string TemplateJson => File.ReadAllText(Path.Combine(folder, "main.json"));
    public string PredictionJson => File.ReadAllText(Path.Combine(folder, "main.snapshot.json"));

    public IReadOnlyList<JsonElement> Resources
        => [.. JsonDocument.Parse(PredictionJson).RootElement.GetProperty("predictedResources").EnumerateArray()];

    public IReadOnlyList<JsonElement> OfType(string type)
        => [.. Resources.Where(resource => resource.GetProperty("type").GetString() == type)];

    public JsonElement PropertiesOfThe(string type) => Assert.Single(OfType(type)).GetProperty("properties");

    public IReadOnlyDictionary<string, string> AppSettings
        => PropertiesOfThe("Microsoft.Web/sites/config").EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!);

    public async ValueTask InitializeAsync()
    {
        if (BicepTool.Program is null)
            return;
        CopyInfra();
        var secrets = new Dictionary<string, string>
        {
            ["FUNDINGFLOW_STAFF_KEY"] = StaffKey,
            ["FUNDINGFLOW_MAIL_PASSWORD"] = MailPassword,
        };
        Template = await BicepTool.RunAsync(folder, secrets, "build", "main.bicep");
        Sample = await BicepTool.RunAsync(folder, secrets, "build-params", "main.bicepparam", "--outfile", "sample.json");
        Prediction = await BicepTool.RunAsync(folder, secrets, "snapshot", "main.bicepparam", "--mode", "overwrite",
            "--subscription-id", Guid.Empty.ToString(), "--resource-group", "forum", "--location", "italynorth");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void CopyInfra()
    {
        var source = Path.Combine(Repository.Root, "infra");
        foreach (var file in Directory.EnumerateFiles(source, "*.bicep*", SearchOption.AllDirectories)
                     .Append(Path.Combine(source, "bicepconfig.json")))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
