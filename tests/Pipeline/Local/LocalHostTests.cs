using System.Net;
using System.Text.RegularExpressions;
using FundingFlow.Local.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Tests.Pipeline.Local;

public sealed class LocalHostTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task It_answers_on_loopback_with_the_apps_functions_and_the_mailbox()
    {
        await using var host = await StartAsync();

        Assert.StartsWith("http://127.0.0.1:", host.Url, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(host.Url + "/api/health"), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(host.Url + "/mailbox"), Stop)).StatusCode);
    }

    [Fact]
    public async Task It_gives_the_app_the_settings_that_azure_would()
    {
        await using var host = await StartAsync();
        var settings = host.Services.GetRequiredService<IConfiguration>();

        Assert.Equal(azurite.ConnectionString, settings["AzureWebJobsStorage"]);
        Assert.Equal(host.StaffKey, settings["FundingFlow:Access:StaffKey"]);
        Assert.Equal("127.0.0.1", settings["FundingFlow:Mail:Host"]);
        Assert.NotNull(settings["FundingFlow:Mail:Port"]);
        Assert.NotNull(settings["FundingFlow:Mail:From"]);
        Assert.Equal(host.Url, settings["FundingFlow:PublicUrl"]);
    }

    [Fact]
    public async Task The_staff_key_is_made_once_and_only_its_owner_reads_it()
    {
        string key;
        await using (var first = await StartAsync())
            key = first.StaffKey;
        await using var second = await StartAsync();

        Assert.Equal(key, second.StaffKey);
        Assert.Matches(new Regex("^ff_staff_[A-Za-z0-9_-]{43}$"), key);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "keys.json")));
    }

    [Fact]
    public async Task A_second_host_works_beside_the_first_on_the_same_folder()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        Assert.NotEqual(first.Url, second.Url);
        Assert.Equal(first.StaffKey, second.StaffKey);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(first.Url + "/api/health"), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(second.Url + "/api/health"), Stop)).StatusCode);
    }

    [Fact]
    public async Task Samples_are_loaded_unless_they_are_not_wanted()
    {
        var samples = new CountingSamples();
        await using var with = await StartAsync(samples);
        await with.LoadSamplesAsync(_ => { });
        await using var without = await StartAsync(samples, wanted: false);
        await without.LoadSamplesAsync(_ => { });

        Assert.Equal(1, samples.Loaded);
    }

    private Task<LocalHost> StartAsync(ISamples? samples = null, bool wanted = true) => LocalHost.StartAsync(
        new LocalHostOptions { Port = 0, Storage = azurite.ConnectionString, DataFolder = folder.Path, Samples = wanted },
        TimeProvider.System,
        configure: services =>
        {
            if (samples is not null)
                services.AddSingleton(samples);
        },
        stop: Stop);

    private sealed class CountingSamples : ISamples
    {
        public int Loaded { get; private set; }

        public Task LoadAsync(LocalHost host, Action<string> progress, CancellationToken cancellationToken)
        {
            Loaded++;
            return Task.CompletedTask;
        }
    }
}
