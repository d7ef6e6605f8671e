using System.Text.Json;
using System.Text.RegularExpressions;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Architecture;

/// <summary>What <c>infra/</c> promises of a deployment, held against what the compiler makes of it.</summary>
public sealed partial class InfraTests : IClassFixture<CompiledInfra>
{
    private const string SecretInTheVault = "@Microsoft.KeyVault(SecretUri=";
    private readonly CompiledInfra infra;

    public InfraTests(CompiledInfra infra)
    {
        Assert.SkipWhen(BicepTool.Program is null, BicepTool.WhyNotHere);
        this.infra = infra;
    }

    [Fact]
    public void The_template_compiles_without_a_warning() => Assert.Equal((0, ""), infra.Template);

    [Fact]
    public void The_sample_parameters_compile_without_a_warning() => Assert.Equal((0, ""), infra.Sample);

    [Fact]
    public void A_deployment_of_the_sample_can_be_predicted()
    {
        Assert.Equal((0, ""), infra.Prediction);
        Assert.Empty(JsonDocument.Parse(infra.PredictionJson).RootElement.GetProperty("diagnostics").EnumerateArray());
    }

    [Fact]
    public void Every_parameter_says_what_it_is()
        => Assert.All(JsonDocument.Parse(infra.TemplateJson).RootElement.GetProperty("parameters").EnumerateObject(),
            parameter => Assert.True(parameter.Value.TryGetProperty("metadata", out _), parameter.Name));

    [Fact]
    public void Storage_opens_to_no_key_and_to_no_stranger()
    {
        var storage = infra.PropertiesOfThe("Microsoft.Storage/storageAccounts");
        Assert.False(storage.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(storage.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(storage.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", storage.GetProperty("minimumTlsVersion").GetString());
    }

    [Fact]
    public void Logs_are_taken_from_identities_only()
    {
        Assert.True(infra.PropertiesOfThe("Microsoft.Insights/components").GetProperty("DisableLocalAuth").GetBoolean());
        Assert.Contains(";Authorization=AAD", infra.AppSettings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_app_meets_storage_as_its_identity()
    {
        Assert.Equal("managedidentity", infra.AppSettings["AzureWebJobsStorage__credential"]);
        Assert.Contains("outputs.name.value", infra.AppSettings["AzureWebJobsStorage__accountName"], StringComparison.Ordinal);
        Assert.Contains("outputs.clientId.value", infra.AppSettings["AzureWebJobsStorage__clientId"], StringComparison.Ordinal);
        Assert.DoesNotContain("AzureWebJobsStorage", infra.AppSettings.Keys);

        var package = infra.PropertiesOfThe("Microsoft.Web/sites").GetProperty("functionAppConfig").GetProperty("deployment").GetProperty("storage");
        Assert.Equal("UserAssignedIdentity", package.GetProperty("authentication").GetProperty("type").GetString());
    }

    [Fact]
    public void The_app_runs_on_dotnet_10_isolated_on_flex_consumption()
    {
        var runtime = infra.PropertiesOfThe("Microsoft.Web/sites").GetProperty("functionAppConfig").GetProperty("runtime");
        Assert.Equal("dotnet-isolated", runtime.GetProperty("name").GetString());
        Assert.Equal("10.0", runtime.GetProperty("version").GetString());
        Assert.Equal("FC1", Assert.Single(infra.OfType("Microsoft.Web/serverfarms")).GetProperty("sku").GetProperty("name").GetString());
    }

    [Fact]
    public void A_secret_given_by_whoever_deploys_is_written_nowhere_but_into_the_vault()
    {
        foreach (var secret in (string[])[CompiledInfra.StaffKey, CompiledInfra.MailPassword])
        {
            Assert.DoesNotContain(secret, infra.TemplateJson, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, infra.PredictionJson, StringComparison.Ordinal);
        }
        const string inVault = "Microsoft.KeyVault/vaults/secrets";
        var holders = infra.Resources
            .Where(resource => resource.TryGetProperty("properties", out var properties) && SecretParameter().IsMatch(properties.GetRawText()))
            .Select(resource => resource.GetProperty("type").GetString());
        Assert.Equal([inVault, inVault], holders);
    }

    [Theory]
    [InlineData("FundingFlow__Access__StaffKey")]
    [InlineData("FundingFlow__Mail__Password")]
    public void A_secret_setting_is_a_reference_into_the_vault(string name)
        => Assert.Contains(SecretInTheVault, infra.AppSettings[name], StringComparison.Ordinal);

    [Fact]
    public void No_other_setting_looks_like_a_secret()
        => Assert.DoesNotContain(infra.AppSettings, setting => !setting.Value.Contains(SecretInTheVault, StringComparison.Ordinal)
            && SecretName().IsMatch(setting.Key + " " + setting.Value));

    [Fact]
    public void The_identity_has_exactly_one_role_for_each_service()
    {
        string[] expected =
        [
            "Microsoft.Storage/storageAccounts b7e6dc6d-f1e8-4753-8033-0f276bb0955b", // Storage Blob Data Owner
            "Microsoft.Storage/storageAccounts 974c5e8b-45b9-4653-ba55-5f855dd0fb88", // Storage Queue Data Contributor
            "Microsoft.Storage/storageAccounts 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", // Storage Table Data Contributor
            "Microsoft.Insights/components 3913510d-42f4-4e42-8a64-420c390055eb", // Monitoring Metrics Publisher
            "Microsoft.KeyVault/vaults 4633458b-17de-408a-b874-0445c86b69e6", // Key Vault Secrets User
        ];
        var assigned = infra.OfType("Microsoft.Authorization/roleAssignments").Select(assignment =>
            ScopeOf(assignment) + " " + assignment.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1]);
        Assert.Equal(expected.Order(), assigned.Order());
    }

    [Fact]
    public void Every_queue_of_the_app_is_declared()
        => Assert.Equal(QueueNames.All.Order(), infra.OfType("Microsoft.Storage/storageAccounts/queueServices/queues")
            .Select(queue => queue.GetProperty("name").GetString()!.Split('/')[^1]).Order());

    [Fact]
    public void Every_setting_of_the_Forum_is_one_that_the_app_reads()
        => Assert.All(infra.AppSettings.Keys.Select(name => name.Split("__")).Where(name => name is ["FundingFlow", _]),
            name => Assert.NotNull(typeof(FundingFlowOptions).GetProperty(name[1])));

    private static string ScopeOf(JsonElement assignment)
        => FirstResourceType().Match(assignment.GetProperty("id").GetString()!).Groups[1].Value;

    [GeneratedRegex("'(Microsoft[.][^']+)'")] private static partial Regex FirstResourceType();
    [GeneratedRegex(@"parameters\('(staffKey|mailPassword)'\)")] private static partial Regex SecretParameter();
    [GeneratedRegex("password|secret|key", RegexOptions.IgnoreCase)] private static partial Regex SecretName();
}
