using FundingFlow.Local.Azurite;

namespace FundingFlow.Tests.Pipeline.Local;

public class AzuriteChoiceTests
{
    [Theory]
    [InlineData(true, true, 20, true, true, AzuritePath.Running)]
    [InlineData(false, true, 20, true, true, AzuritePath.Docker)]
    [InlineData(false, true, null, false, false, AzuritePath.Docker)]
    [InlineData(false, false, 20, true, false, AzuritePath.Node)]
    [InlineData(false, false, 20, false, true, AzuritePath.Node)]
    [InlineData(false, false, 18, false, true, AzuritePath.Node)]
    [InlineData(false, false, 16, true, true, AzuritePath.None)]
    [InlineData(false, false, 20, false, false, AzuritePath.None)]
    [InlineData(false, false, null, true, true, AzuritePath.None)]
    public void The_running_one_comes_first_then_docker_then_node(
        bool recorded, bool docker, int? node, bool installed, bool npm, AzuritePath expected)
        => Assert.Equal(expected, AzuriteChoice.Decide(new AzuriteProbes(recorded, docker, node, installed, npm)));

    [Theory]
    [InlineData("v20.20.2\n", 20)]
    [InlineData("v8.1.0", 8)]
    [InlineData("command not found", null)]
    [InlineData("", null)]
    public void The_version_of_node_is_read_from_its_answer(string answer, int? expected)
        => Assert.Equal(expected, AzuriteOnNode.ParseMajor(answer));

    [Fact]
    public async Task A_program_that_is_not_installed_is_no_error()
        => Assert.Null(await FundingFlow.Local.Azurite.Commands.RunAsync("fundingflow-no-such-program", [], null, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Ports_on_which_nobody_answers_are_no_azurite()
        => Assert.False(await AzuriteProbe.AnswersAsync(AzuritePorts.Choose(null), TestContext.Current.CancellationToken));

    [Fact]
    public void Ports_of_last_time_are_taken_again_while_they_are_free()
    {
        var last = AzuritePorts.Choose(null);

        Assert.Equal(last, AzuritePorts.Choose(last));
    }

    [Fact]
    public void Ports_of_last_time_that_are_taken_give_way_to_others()
    {
        var last = AzuritePorts.Choose(null);
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, last.Queue);
        other.Start();

        Assert.NotEqual(last, AzuritePorts.Choose(last));
    }
}
