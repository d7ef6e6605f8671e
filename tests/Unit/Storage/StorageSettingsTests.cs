using FundingFlow.Azure;
using FundingFlow.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlow.Tests.Unit.Storage;

public sealed class StorageSettingsTests
{
    [Fact]
    public void A_connection_string_is_enough()
        => Assert.NotNull(Services(("AzureWebJobsStorage", "UseDevelopmentStorage=true")).GetRequiredService<ITables>());

    [Theory]
    [InlineData("managedidentity", null)]
    [InlineData("managedidentity", "4b0f5d0e-0000-0000-0000-000000000000")]
    [InlineData(null, null)]
    public void An_account_name_is_enough_and_names_the_three_services(string? credential, string? clientId)
    {
        var services = Services(
            ("AzureWebJobsStorage:accountName", "forumofcities"), ("AzureWebJobsStorage:credential", credential), ("AzureWebJobsStorage:clientId", clientId));
        var clients = services.GetRequiredService<StorageClients>();
        Assert.Equal("https://forumofcities.table.core.windows.net/", clients.Tables.Uri.ToString());
        Assert.Equal("https://forumofcities.queue.core.windows.net/", clients.Queues.Uri.ToString());
        Assert.Equal("https://forumofcities.blob.core.windows.net/", clients.Blobs.Uri.ToString());
    }

    [Fact]
    public void Service_addresses_win_over_the_account_name()
    {
        var clients = Services(
            ("AzureWebJobsStorage:accountName", "forumofcities"),
            ("AzureWebJobsStorage:queueServiceUri", "https://queues.example.org/")).GetRequiredService<StorageClients>();
        Assert.Equal("https://queues.example.org/", clients.Queues.Uri.ToString());
        Assert.Equal("https://forumofcities.table.core.windows.net/", clients.Tables.Uri.ToString());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("AzureWebJobsStorage", " ")]
    [InlineData("AzureWebJobsStorage:tableServiceUri", "https://tables.example.org/")]
    public void Without_settings_one_clear_error_names_them(string? key, string? value)
    {
        var services = key is null ? Services() : Services((key, value));
        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<ITables>);
        Assert.Contains("Set AzureWebJobsStorage to a connection string, or AzureWebJobsStorage__accountName", error.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
    }

    private static ServiceProvider Services(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();
        return new ServiceCollection().AddAzureStorage(configuration).BuildServiceProvider();
    }
}
