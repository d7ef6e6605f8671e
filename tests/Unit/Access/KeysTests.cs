using System.ComponentModel.DataAnnotations;
using FundingFlow.Access;
using FundingFlow.Functions.Access;
using FundingFlow.Functions.Cities;
using FundingFlow.Functions.Partners;
using FundingFlow.Storage;
using FundingFlow.Tests.Unit.Http;

namespace FundingFlow.Tests.Unit.Access;

public sealed class KeysTests : IDisposable
{
    private readonly TestApi api = new();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task A_made_key_opens_the_door_and_is_stored_as_a_hash_only()
    {
        var key = await api.KeyAsync("reader");
        Assert.Equal(200, (await api.GetAsync<ListCities>(key: key)).Status);
        await foreach (var row in api.Tables.PrefixAsync(TableNames.Keys, "keys", "", Stop))
        {
            Assert.DoesNotContain(key, row.Body, StringComparison.Ordinal);
            Assert.Equal(KeyText.HashOf(key), row.Key);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("ff_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_a_known_key_every_call_answers_401(string? key)
        => Assert.Equal(401, (await api.GetAsync<ListCities>(key: key)).Status);

    [Fact]
    public async Task A_deleted_key_no_longer_opens_the_door_and_a_second_delete_answers_404()
    {
        var made = await api.PostAsync<MakeKey>("""{"role":"reader","label":"for the website"}""");
        Assert.Equal(200, (await api.GetAsync<ListCities>(key: made.Text("key"))).Status);
        Assert.Equal(204, (await api.CallAsync<DeleteKey>("DELETE", made.Text("id"), TestApi.StaffKey)).Status);
        Assert.Equal(401, (await api.GetAsync<ListCities>(key: made.Text("key"))).Status);
        Assert.Equal(404, (await api.CallAsync<DeleteKey>("DELETE", made.Text("id"), TestApi.StaffKey)).Status);
    }

    [Fact]
    public async Task The_list_tells_keys_without_what_opens_the_door()
    {
        var made = await api.PostAsync<MakeKey>("""{"role":"fundraiser"}""");
        var listed = (await api.GetAsync<ListKeys>()).Body.GetProperty("items").EnumerateArray().Single();
        Assert.Equal(made.Text("id"), listed.GetProperty("id").GetString());
        Assert.False(listed.TryGetProperty("key", out _));
    }

    [Fact]
    public async Task Only_staff_see_and_make_keys()
    {
        var reader = await api.KeyAsync("reader");
        Assert.Equal(403, (await api.GetAsync<ListKeys>(key: reader)).Status);
        Assert.Equal(403, (await api.PostAsync<MakeKey>("""{"role":"staff"}""", reader)).Status);
    }

    [Theory]
    [InlineData("""{}""", "/role")]
    [InlineData("""{"role":"king"}""", "/role")]
    [InlineData("""{"role":"reader","partners":["x"]}""", "/partners")]
    [InlineData("""{"role":"staff","cities":["x"]}""", "/cities")]
    [InlineData("""{"role":"fundraiser","projects":["x"]}""", "/projects")]
    [InlineData("""{"role":"city","partners":["x"],"cities":["rome"]}""", "/partners")]
    [InlineData("""{"role":"city"}""", "/cities")]
    [InlineData("""{"role":"city","cities":["atlantis"]}""", "/cities/0")]
    [InlineData("""{"role":"city","projects":["nowhere"]}""", "/projects/0")]
    [InlineData("""{"role":"fundraiser","partners":["nobody"]}""", "/partners/0")]
    [InlineData("""{"role":"fundraiser","partners":["No Slug"]}""", "/partners/0")]
    [InlineData("""{"role":"reader","colour":"red"}""", "/colour")]
    public async Task A_key_that_makes_no_sense_is_refused_at_the_member(string body, string pointer)
    {
        var answer = await api.PostAsync<MakeKey>(body);
        Assert.Equal(400, answer.Status);
        Assert.Contains(pointer, answer.Pointers);
    }

    [Fact]
    public async Task A_partner_that_a_fundraiser_creates_is_its_own_also_after_the_binding_was_lost()
    {
        var (mine, others) = (await api.KeyAsync("fundraiser"), await api.KeyAsync("fundraiser"));
        const string body = """{"name":"Rome","sector":"public"}""";
        api.Tables.BeforeCommit = (table, changes) => table == TableNames.Keys ? throw new IOException("lost") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => api.PutAsync<PutPartner>("rome", body, mine));
        api.Tables.BeforeCommit = null;

        Assert.Equal(403, (await api.PutAsync<PutPartner>("rome", body, others)).Status);
        Assert.Equal(403, (await api.GetAsync<GetPartner>("rome", key: others)).Status);
        Assert.Equal(200, (await api.PutAsync<PutPartner>("rome", body, mine)).Status);
        Assert.Equal(200, (await api.GetAsync<GetPartner>("rome", key: mine)).Status);
        Assert.Equal(["rome"], (await api.Service<IKeys>().FindAsync(mine, Stop))!.Partners);
    }

    [Fact]
    public async Task A_lookup_is_remembered_for_ten_seconds()
    {
        var key = await api.KeyAsync("reader");
        var keys = new Keys(api.Tables, Microsoft.Extensions.Options.Options.Create(new AccessOptions()), api.Clock);
        await keys.FindAsync(key, Stop);
        var hash = KeyText.HashOf(key);
        await api.Tables.CommitAsync(TableNames.Keys, [RowChange.Delete(new Row("keys", hash, ""))], Stop);
        Assert.NotNull(await keys.FindAsync(key, Stop));
        api.Clock.Pass(TimeSpan.FromSeconds(10));
        Assert.Null(await keys.FindAsync(key, Stop));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("short", false)]
    [InlineData("twenty-four-characters-!", true)]
    public void A_staff_key_in_the_configuration_has_24_characters_at_least(string? key, bool valid)
    {
        var options = new AccessOptions { StaffKey = key };
        Assert.Equal(valid, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }

    [Fact]
    public async Task Health_answers_503_when_a_store_does_not()
    {
        Assert.Equal(200, (await api.GetAsync<HealthFunction>(key: null)).Status);
        var broken = new StorageHealth(api.Tables, new BrokenQueues(), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<StorageHealth>.Instance);
        Assert.Equal(new Health("unhealthy", "healthy", "unhealthy"), await broken.CheckAsync(Stop));
    }

    private sealed class BrokenQueues : IQueues
    {
        public Task SendAsync(string queue, string body, CancellationToken stop, TimeSpan? visibleAfter = null) => throw new IOException();
        public Task<IReadOnlyList<PeekedMessage>> PeekAsync(string queue, CancellationToken stop) => throw new IOException();
        public Task<int> CountAsync(string queue, CancellationToken stop) => throw new IOException();
        public Task RemoveAsync(string queue, Func<PeekedMessage, bool> isDone, CancellationToken stop) => throw new IOException();
    }
}
