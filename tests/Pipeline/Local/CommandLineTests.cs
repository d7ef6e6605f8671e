using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FundingFlow.Local.Commands;
using FundingFlow.Local.Hosting;
using Spectre.Console;

namespace FundingFlow.Tests.Pipeline.Local;

public class CommandLineTests
{
    [Theory]
    [InlineData("'--bogus'", "--bogus")]
    [InlineData("'extra'", "--no-samples", "extra")]
    [InlineData("'frobnicate'", "frobnicate")]
    [InlineData("--port", "--port")]
    [InlineData("--port", "--port", "--no-samples")]
    [InlineData("'70000'", "--port", "70000")]
    [InlineData("'x'", "--port=x")]
    [InlineData("--data", "--data=")]
    [InlineData("'--bogus'", "verify", "--bogus")]
    [InlineData("nowhere", "verify", "--data", "nowhere")]
    public async Task What_is_not_understood_is_named_in_one_line(string named, params string[] arguments)
    {
        var (code, said, failed) = await RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Empty(said);
        Assert.Contains(named, Assert.Single(failed.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_the_way_out_before_anything_starts()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (code, _, failed) = await RunAsync("--port", port, "--data", folder.Path);

        Assert.Equal(1, code);
        var line = Assert.Single(failed.TrimEnd().Split('\n'));
        Assert.Contains(port, line, StringComparison.Ordinal);
        Assert.Contains("--port", line, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        var (code, said, _) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.All(["--port", "--storage", "--data", "--no-samples"], option => Assert.Contains(option, said, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_are_read_in_both_spellings()
        => Assert.Equal(
            new LocalHostOptions { Port = 8080, Storage = "UseDevelopmentStorage=true", DataFolder = "here", Samples = false },
            ServeCommand.Parse(["--data=here", "--no-samples", "--storage=UseDevelopmentStorage=true", "--port", "8080"]));

    private static async Task<(int Code, string Said, string Failed)> RunAsync(params string[] arguments)
    {
        using var said = new StringWriter();
        using var failed = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(said), Ansi = AnsiSupport.No });
        var code = await CommandLine.RunAsync(arguments, new Terminal(console, failed), TimeProvider.System);
        return (code, said.ToString(), failed.ToString());
    }
}
