using System.Text;
using System.Text.Json;
using FundingFlow.Functions.Interop;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Tests.Unit.Interop.Imports;

public sealed class ImportCallsTests : IAsyncDisposable
{
    private const string Form = "multipart/form-data; boundary=x";
    private const string Json = "application/json";
    private const string Good = "id,name,sector\nacme,Acme,private\n";
    private readonly AppInMemory app = new();

    [Theory]
    [InlineData("?kind=partners", null, "", 415, null)]
    [InlineData("?kind=partners", "text/csv", Good, 415, null)]
    [InlineData("", Json, "{}", 400, "/kind")]
    [InlineData("?kind=wishes", Json, "{}", 400, "/kind")]
    [InlineData("?kind=partners&dryRun=maybe", Json, "{}", 400, "/dryRun")]
    [InlineData("?kind=partners", Json, "{}", 400, "/csv")]
    [InlineData("?kind=partners", Json, "{\"csv\":7}", 400, "/csv")]
    [InlineData("?kind=partners", Json, "{\"csv\":\"a\",\"colour\":1}", 400, "/colour")]
    [InlineData("?kind=partners", Json, "{\"csv\":\"\\ud800\"}", 400, "/csv")]
    [InlineData("?kind=partners", Json, "{\"\\ud800\":\"a\"}", 400, "")]
    [InlineData("?kind=partners", Json, "[", 400, "")]
    [InlineData("?kind=partners", Json, "{\"csv\":\"\"}", 400, "/csv")]
    [InlineData("?kind=partners", Json, "{\"csv\":\"id,Nome\"}", 400, "/csv")]
    [InlineData("?kind=partners", Form, "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nid,Nome\r\n--x--\r\n", 400, "/file")]
    [InlineData("?kind=partners", Json, "{\"csv\":\"Nome\",\"mapping\":{\"kind\":\"partners\",\"fields\":{\"name\":\"{Name}\"}}}", 400, "/mapping/fields/name")]
    [InlineData("?kind=partners", Json, "{\"csv\":\"Nome\",\"mapping\":7}", 400, "/mapping")]
    [InlineData("?kind=partners", "multipart/form-data", Good, 400, "")]
    [InlineData("?kind=partners", Form, "garbage", 400, "")]
    [InlineData("?kind=partners", Form, "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nid", 400, "")]
    [InlineData("?kind=partners", Form, "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--x--\r\n", 400, "/other")]
    [InlineData("?kind=partners", Form, "--x\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n{}\r\n--x--\r\n", 400, "/file")]
    [InlineData("?kind=partners", Form, "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + Good + "\r\n--x\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\nnot json\r\n--x--\r\n", 400, "/mapping")]
    public async Task A_bad_upload_is_a_problem_that_names_its_place(string query, string? type, string body, int status, string? pointer)
    {
        var (answered, answer, _) = await PostAsync(query, type, Encoding.UTF8.GetBytes(body));
        Assert.Equal(status, answered);
        if (pointer is not null) Assert.True(answer.GetProperty("errors").TryGetProperty(pointer, out _), answer.GetRawText());
    }

    [Fact]
    public async Task An_upload_over_20_MiB_is_too_large()
        => Assert.Equal(413, (await PostAsync("?kind=partners", Form, new byte[20 * 1024 * 1024 + 1])).Status);

    [Theory]
    [InlineData(Json, "{\"csv\":\"id,name,sector\\nacme,Acme,private\\n\"}")]
    [InlineData(Form, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p.csv\"\r\n\r\n" + Good + "\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=\"x\"", "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + Good + "\r\n--x\r\nContent-Disposition: form-data; name=\"mapping\"\r\n\r\n\r\n--x--\r\n")]
    public async Task A_good_upload_is_accepted_and_says_where_it_is(string type, string body)
    {
        var (status, answer, location) = await PostAsync("?kind=partners", type, Encoding.UTF8.GetBytes(body));
        Assert.Equal((202, "queued"), (status, answer.GetProperty("status").GetString()));
        Assert.Equal("/api/imports/" + answer.GetProperty("id").GetString(), location);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<(int Status, JsonElement Answer, string? Location)> PostAsync(string query, string? type, byte[] body)
    {
        var context = new DefaultHttpContext { RequestServices = app.Services };
        context.Request.Method = "POST";
        context.Request.QueryString = new QueryString(query);
        context.Request.ContentType = type;
        context.Request.Headers["X-Api-Key"] = AppInMemory.StaffKey;
        context.Request.Body = new MemoryStream(body);
        var written = new MemoryStream();
        context.Response.Body = written;
        var result = await ActivatorUtilities.CreateInstance<ImportsSubmit>(app.Services).RunAsync(context.Request);
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, JsonSerializer.Deserialize<JsonElement>(written.ToArray()), context.Response.Headers.Location);
    }
}
