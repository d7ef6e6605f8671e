// What the breaches are breaches of: a stand-in for each folder that others must not know, and who knows it.
namespace FundingFlow.Tests.Architecture.Violations.Azure
{
    internal sealed record Tables(global::Azure.Data.Tables.TableClient Allowed);
}

namespace FundingFlow.Tests.Architecture.Violations.Mail
{
    internal sealed record Letters(MimeKit.MimeMessage Allowed);
}

namespace FundingFlow.Tests.Architecture.Violations.Local
{
    internal sealed record Listener(global::Azure.Storage.Queues.QueueClient Allowed);
}

namespace FundingFlow.Tests.Architecture.Violations.Functions
{
    internal sealed record Trigger;
    internal sealed record OfTheLocalHost(Local.Listener Listener);
}

namespace FundingFlow.Tests.Architecture.Violations.Pledges
{
    internal sealed record OfTheTables(Azure.Tables Tables);
    internal sealed record OfTheLetters(Mail.Letters Letters);
}

namespace FundingFlow.Tests.Architecture.Violations.Storage
{
    internal sealed record OfTheTables(Azure.Tables Tables);
}

namespace FundingFlow.Tests.Architecture.Violations.Matching
{
    internal sealed record OfMoneyWhichItMay(Money.Plain Money);
}
