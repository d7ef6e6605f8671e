using System.Globalization;
using FundingFlow.Local.Mailbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace FundingFlow.Local.Hosting;

/// <summary>The settings that Azure would give the app, for this machine. The environment wins over all but the storage in use.</summary>
internal sealed record LocalSettings(int Port, string Storage, int MailPort, string StaffKey)
{
    public const string StorageName = "AzureWebJobsStorage";
    public const string StaffKeyName = "FundingFlow:Access:StaffKey";

    /// <summary>The Functions host's own limit, 100 MB.</summary>
    public const long LargestBody = 104_857_600;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public void AddTo(ConfigurationManager configuration)
    {
        configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                new(StaffKeyName, StaffKey),
                new("FundingFlow:Mail:Host", MailboxServer.Host),
                new("FundingFlow:Mail:Port", MailPort.ToString(CultureInfo.InvariantCulture)),
                new("FundingFlow:Mail:From", "FundingFlow <forum@fundingflow.example>"),
                new("FundingFlow:Sustainability:StaffEmail", "staff@fundingflow.example"),
                new("FundingFlow:Digests:ReplyTo", "forum@fundingflow.example"),
                new("FundingFlow:PublicUrl", Url),
            ],
        });
        configuration.AddInMemoryCollection([new(StorageName, Storage)]);
    }
}
