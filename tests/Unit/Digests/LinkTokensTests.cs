using FundingFlow.Digests;
using FundingFlow.Tests.Unit.Sustainability;

namespace FundingFlow.Tests.Unit.Digests;

public class LinkTokensTests
{
    private static readonly LinkSubject Giulia = new("rome", "giulia");
    private readonly SettableClock clock = new(SamplePledges.Now);
    private readonly LinkTokens tokens;
    private readonly string token;

    public LinkTokensTests()
    {
        tokens = new LinkTokens(new SigningKey("0123456789 0123456789 0123456789", null), clock);
        token = tokens.Make(Giulia, LinkPurpose.Unsubscribe, SamplePledges.Now.AddDays(30));
    }

    [Fact]
    public void A_token_opens_what_it_was_made_for_until_it_expires()
    {
        Assert.Equal(Giulia, tokens.Read(token, LinkPurpose.Unsubscribe));
        clock.Now += TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1);
        Assert.Equal(Giulia, tokens.Read(token, LinkPurpose.Unsubscribe));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(tokens.Read(token, LinkPurpose.Unsubscribe));
    }

    [Fact]
    public void It_opens_nothing_else() => Assert.Null(tokens.Read(token, "page"));

    [Fact]
    public void It_is_safe_in_a_url() => Assert.All(token, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));

    [Fact]
    public void A_changed_character_anywhere_ends_it()
    {
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            // The last character of Base64 may hold bits that count for nothing: then it is the same token.
            if (i == token.Length - 1 || i == token.IndexOf('.', StringComparison.Ordinal) - 1) continue;
            Assert.Null(tokens.Read(new string(changed), LinkPurpose.Unsubscribe));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.b.c")]
    [InlineData("%%%.###")]
    [InlineData("🌍.🌍")]
    public void Anything_else_is_no_token(string? text) => Assert.Null(tokens.Read(text, LinkPurpose.Unsubscribe));

    [Fact]
    public void Another_key_reads_none_of_it()
    {
        Assert.Null(new LinkTokens(new SigningKey(null, "0123456789 0123456789 012345678x"), clock).Read(token, LinkPurpose.Unsubscribe));
        Assert.Throws<InvalidOperationException>(() => new LinkTokens(new SigningKey("", null), clock).Read(token, LinkPurpose.Unsubscribe));
    }
}
