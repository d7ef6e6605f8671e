using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FundingFlow.Azure;

/// <summary>
/// Where the storage is, from the same settings that the Functions host reads: <c>AzureWebJobsStorage</c> as a connection
/// string, or beneath it <c>accountName</c> or the three <c>…ServiceUri</c> for identity-based connections.
/// </summary>
public sealed class StorageSettings
{
    public const string Section = "AzureWebJobsStorage";

    public string? ConnectionString { get; set; }
    public string? AccountName { get; set; }
    public Uri? BlobServiceUri { get; set; }
    public Uri? QueueServiceUri { get; set; }
    public Uri? TableServiceUri { get; set; }

    /// <summary><c>managedidentity</c>, or absent for whatever the environment offers.</summary>
    public string? Credential { get; set; }

    /// <summary>Of a user-assigned identity.</summary>
    public string? ClientId { get; set; }

    public Uri BlobUri => BlobServiceUri ?? ServiceUri("blob");
    public Uri QueueUri => QueueServiceUri ?? ServiceUri("queue");
    public Uri TableUri => TableServiceUri ?? ServiceUri("table");

    public static StorageSettings From(IConfiguration configuration)
    {
        var settings = new StorageSettings();
        settings.Read(configuration);
        return settings;
    }

    internal void Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        section.Bind(this);
        ConnectionString = string.IsNullOrWhiteSpace(section.Value) ? configuration.GetConnectionString(Section) : section.Value;
    }

    /// <summary>Null when it is complete; else what is missing.</summary>
    internal string? Problem()
    {
        if (!string.IsNullOrWhiteSpace(ConnectionString) || !string.IsNullOrWhiteSpace(AccountName)) return null;
        if (BlobServiceUri is not null && QueueServiceUri is not null && TableServiceUri is not null) return null;
        return $"Storage is not configured. Set {Section} to a connection string, or {Section}__accountName to the account's name, "
            + $"or all of {Section}__blobServiceUri, {Section}__queueServiceUri and {Section}__tableServiceUri.";
    }

    private Uri ServiceUri(string service) => new($"https://{AccountName}.{service}.core.windows.net");
}

internal sealed class StorageSettingsCheck : IValidateOptions<StorageSettings>
{
    public ValidateOptionsResult Validate(string? name, StorageSettings options)
        => options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
