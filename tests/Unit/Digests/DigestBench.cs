using FundingFlow.Digests;
using FundingFlow.Digests.Blocks;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Sustainability;
using FundingFlow.Tests.Simulation;
using FundingFlow.Tests.Unit.Sustainability;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FundingFlow.Tests.Unit.Digests;

/// <summary>The Digests room on stores in memory.</summary>
internal sealed class DigestBench
{
    public DigestBench(FakeForum forum, IMailer mailer, DateTimeOffset now)
    {
        Forum = forum;
        Clock = new SettableClock(now);
        Tokens = new LinkTokens(new SigningKey(null, "a staff key of at least 24 characters"), Clock);
        var (main, options) = (Options.Create(Main), Options.Create(DigestOptions));
        Digest = new Digest([new LargestGapBlock(), new InstalmentsBlock(), new CoverageBlock(), new PledgesBlock()], Tokens, main, options);
        Reader = new DigestReader(
            new PledgeStories(forum, new PledgeBooks(forum)), new OpenGaps(forum, forum, forum, new ForumCalendar(Clock, main)), forum, forum, forum, new ForumCalendar(Clock, main), main, options);
        Records = new DigestRecords(Tables);
        Schedule = new DigestSchedule(forum, Records, Queues, mailer, Clock, main, options, NullLogger<DigestSchedule>.Instance);
        Sender = new DigestSender(forum, Reader, Digest, Records, forum, mailer, Clock, NullLogger<DigestSender>.Instance);
        Unsubscribing = new Unsubscribing(Tokens, forum, forum);
    }

    public static FundingFlowOptions Main { get; } = new() { ForumName = "Glocal Forum", PublicUrl = "https://funding.example.org" };
    public static DigestOptions DigestOptions { get; } = new() { ReplyTo = "funding@forum.example" };

    public FakeForum Forum { get; }
    public SettableClock Clock { get; }
    public InMemoryTables Tables { get; } = new();
    public InMemoryQueues Queues { get; } = new();
    public LinkTokens Tokens { get; }
    public Digest Digest { get; }
    public DigestReader Reader { get; }
    public DigestRecords Records { get; }
    public DigestSchedule Schedule { get; }
    public DigestSender Sender { get; }
    public Unsubscribing Unsubscribing { get; }

    /// <summary>Giulia's digest of November.</summary>
    public async Task<Email?> NovemberAsync(CancellationToken stop)
    {
        var period = DigestPeriod.Containing(new DateOnly(2026, 11, 1), DigestFrequency.Monthly);
        return Digest.Of(await Reader.ReadAsync(Forum.Partners["rome"], Forum.Contacts[0], period, null, stop));
    }
}
