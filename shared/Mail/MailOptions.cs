using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace FundingFlow.Mail;

public enum MailSecurity { None, StartTls, Tls }

/// <summary>Section <c>FundingFlow:Mail</c>: the SMTP server. Without a host nothing is mailed.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "FundingFlow:Mail";

    public string? Host { get; set; }

    [Range(1, 65535)] public int Port { get; set; } = 587;

    /// <summary>The sender: <c>forum@example.org</c>, or <c>Our Forum &lt;forum@example.org&gt;</c>. Required with a host.</summary>
    public string? From { get; set; }

    /// <summary>Empty: the server asks for no sign-in.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Not set: none to this machine, StartTls to any other.</summary>
    public MailSecurity? Security { get; set; }

    /// <summary>For each step of the conversation; 1 second to 10 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The most that one worker holds to the server at the same time; mail services allow few for one account.</summary>
    [Range(1, 20)] public int Connections { get; set; } = 3;

    public bool IsConfigured => !string.IsNullOrEmpty(Host);

    public MailSecurity SecurityInUse => Security ?? (Host is "127.0.0.1" or "::1" or "localhost" ? MailSecurity.None : MailSecurity.StartTls);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(10))
            yield return new ValidationResult("FundingFlow:Mail:Timeout must be from 00:00:01 to 00:10:00.");
        if (!IsConfigured) yield break;
        if (!MailboxAddress.TryParse(From ?? "", out _))
            yield return new ValidationResult("FundingFlow:Mail:From must be the address that mails come from, such as forum@example.org, when FundingFlow:Mail:Host is set.");
        if (!string.IsNullOrEmpty(User) && string.IsNullOrEmpty(Password))
            yield return new ValidationResult("FundingFlow:Mail:Password is required when FundingFlow:Mail:User is set.");
        if (!string.IsNullOrEmpty(User) && SecurityInUse == MailSecurity.None)
            yield return new ValidationResult("FundingFlow:Mail:Security must be StartTls or Tls when a user signs in: the password would travel in the clear.");
    }
}
