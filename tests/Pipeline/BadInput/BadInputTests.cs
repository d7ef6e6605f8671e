using System.Text.Json;

namespace FundingFlow.Tests.Pipeline.BadInput;

[Collection(nameof(BadInputHost))]
public sealed class BadInputTests(BadInputHost host)
{
    public static TheoryData<string> Names => [.. BadRequests.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_refused_where_it_is_wrong_and_nothing_is_stored(string name)
    {
        var row = BadRequests.All[name];
        var before = await host.StoredAsync();

        using var answer = await host.SendAsync(row);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(row.Status == (int)answer.StatusCode, $"Expected {row.Status}, got {(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        AssertIsProblem(text, row);
        Assert.Equal(before, await host.StoredAsync());
    }

    private static void AssertIsProblem(string text, BadRequest row)
    {
        using var document = JsonDocument.Parse(text);
        var problem = document.RootElement;
        Assert.StartsWith("urn:fundingflow:problem:", problem.Text("type"), StringComparison.Ordinal);
        Assert.NotEmpty(problem.Text("title"));
        Assert.NotEmpty(problem.Text("detail"));
        Assert.Equal(row.Status, problem.GetProperty("status").GetInt32());
        if (row.Pointer is null)
        {
            Assert.False(problem.TryGetProperty("errors", out _), text);
            return;
        }

        Assert.True(problem.GetProperty("errors").TryGetProperty(row.Pointer, out var messages), $"Expected an error at '{row.Pointer}': {text}");
        Assert.All(messages.EnumerateArray(), message => Assert.NotEmpty(message.GetString()!));
    }
}
