using System.ComponentModel.DataAnnotations;
using FundingFlow.Mail;

namespace FundingFlow.Tests.Unit.Mail;

public class MailOptionsTests
{
    [Fact]
    public void Without_a_host_nothing_else_is_asked_for() => Assert.Empty(Problems(new MailOptions()));

    [Theory]
    [InlineData("forum@example.org", null, null, null, true)]
    [InlineData("Our Forum <forum@example.org>", "user", "password", MailSecurity.Tls, true)]
    [InlineData(null, null, null, null, false)]
    [InlineData("not an address", null, null, null, false)]
    [InlineData("forum@example.org", "user", null, null, false)]
    [InlineData("forum@example.org", "user", "password", MailSecurity.None, false)]
    public void With_a_host_the_rest_must_fit(string? from, string? user, string? password, MailSecurity? security, bool fits)
        => Assert.Equal(fits, Problems(new MailOptions { Host = "smtp.example.org", From = from, User = user, Password = password, Security = security }).Count == 0);

    [Theory]
    [InlineData("00:00:00.5", false)]
    [InlineData("00:00:01", true)]
    [InlineData("00:10:01", false)]
    public void The_timeout_has_bounds(string timeout, bool fits)
        => Assert.Equal(fits, Problems(new MailOptions { Timeout = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture) }).Count == 0);

    [Theory]
    [InlineData("127.0.0.1", MailSecurity.None)]
    [InlineData("smtp.example.org", MailSecurity.StartTls)]
    public void Only_to_this_machine_a_mail_goes_in_the_clear_unless_told(string host, MailSecurity expected)
        => Assert.Equal(expected, new MailOptions { Host = host }.SecurityInUse);

    private static List<ValidationResult> Problems(MailOptions options)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return problems;
    }
}
