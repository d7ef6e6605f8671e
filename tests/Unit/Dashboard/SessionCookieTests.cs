using FundingFlow.Access;
using FundingFlow.Functions.Dashboard;
using Microsoft.Extensions.Options;

namespace FundingFlow.Tests.Unit.Dashboard;

public class SessionCookieTests
{
    private const string Key = "a-staff-key-of-enough-characters";
    private readonly SettableClock clock = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_cookie_tells_its_key_id_for_twelve_hours()
    {
        var cookie = Cookie();
        var issued = cookie.Issue("0123456789abcdef");
        Assert.Equal("0123456789abcdef", cookie.KeyIdOf(issued));
        clock.Now += SessionCookie.Lasts - TimeSpan.FromSeconds(1);
        Assert.Equal("0123456789abcdef", cookie.KeyIdOf(issued));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(cookie.KeyIdOf(issued));
    }

    [Fact]
    public void It_does_not_hold_the_key() => Assert.DoesNotContain(Key, Cookie().Issue("configured-staff"), StringComparison.Ordinal);

    [Fact]
    public void Another_instance_with_the_same_staff_key_accepts_it_and_a_new_staff_key_ends_it()
    {
        var issued = Cookie().Issue("configured-staff");
        Assert.Equal("configured-staff", Cookie().KeyIdOf(issued));
        Assert.Null(Cookie("another-staff-key-of-enough-characters").KeyIdOf(issued));
    }

    [Fact]
    public void Whatever_is_changed_in_it_makes_it_nothing()
    {
        var cookie = Cookie();
        var issued = cookie.Issue("0123456789abcdef");
        for (var i = 0; i < issued.Length; i++)
        {
            var changed = issued[..i] + (issued[i] == 'x' ? 'y' : 'x') + issued[(i + 1)..];
            Assert.Null(cookie.KeyIdOf(changed));
        }

        var parts = issued.Split('.');
        Assert.Null(cookie.KeyIdOf($"{parts[0]}.{long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) + 1}.{parts[2]}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d")]
    [InlineData("configured-staff.9999999999.")]
    public void What_is_no_cookie_of_ours_is_nothing(string? text) => Assert.Null(Cookie().KeyIdOf(text));

    [Fact]
    public void Without_a_staff_key_nobody_is_let_in()
    {
        var cookie = new SessionCookie(Options.Create(new AccessOptions()), clock);
        Assert.False(cookie.IsPossible);
        Assert.Null(cookie.KeyIdOf(Cookie().Issue("configured-staff")));
    }

    private SessionCookie Cookie(string key = Key) => new(Options.Create(new AccessOptions { StaffKey = key }), clock);
}

internal sealed class SettableClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
