using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FundingFlow.Digests;
using FundingFlow.Partners;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace FundingFlow.Benchmarks;

/// <summary>
/// Digests a second, each read, composed, recorded and mailed over the app's few connections ÷ bare MailKit that sends the same mails over one connection to the same server: as it
/// connects by itself, and without Nagle's algorithm, as the app connects. The server answers at once and the store is in memory, so that this measures
/// the worker alone; a round whose mails did not come fails.
/// </summary>
internal sealed class Digests : IBenchmark
{
    private const int Partners = 4_000;
    /// <summary>Messages in hand at the same time.</summary>
    private const int InHand = 4;

    public string Name => "digests";

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var sink = new SmtpSink();
        await using var forum = new MemoryForum(settings:
        [
            new("FundingFlow:Mail:Host", "127.0.0.1"), new("FundingFlow:Mail:Port", sink.Port.ToString(CultureInfo.InvariantCulture)),
            new("FundingFlow:Mail:From", "forum@fundingflow.example"), new("FundingFlow:PublicUrl", "https://funding.example.org"),
        ]);
        var partners = run.Scale(Partners);
        await Scene.PartnersAsync(forum.Services, partners, run.Stop);
        await Scene.ProjectsAsync(forum.Services, 20, 4, run.Stop);
        foreach (var i in Enumerable.Range(1, partners)) await Scene.SubmitAsync(forum.Services, [Scene.Pledge(i, i, 4, "digest")], run.Stop);
        await forum.PlaceAsync(run.Stop);

        sink.Keeps = true;
        await SendAsync(forum, sink, partners, DigestFrequency.Weekly, run);
        sink.Keeps = false;
        var mails = sink.Kept.Select(mail => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail)))).ToList();
        if (mails.Count != partners) throw new InvalidOperationException($"{partners} digests were asked for, {mails.Count} came.");
        await SendBareAsync(sink, mails, noDelay: true, run);

        var (byItself, floors, rates) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var period in new[] { DigestFrequency.Monthly, DigestFrequency.Quarterly })
        {
            // Slow, and the same for each mail: a few tell it.
            byItself.Add(await SendBareAsync(sink, [.. mails.Take(40)], noDelay: false, run));
            floors.Add(await SendBareAsync(sink, mails, noDelay: true, run));
            rates.Add(await SendAsync(forum, sink, partners, period, run));
            BenchmarkRun.Say($"round {rates.Count}: bare MailKit by itself {byItself[^1]:0} mails/s, without delay {floors[^1]:0} mails/s, digests {rates[^1]:0}/s of {mails[0].ToString().Length} bytes, ratio {rates[^1] / floors[^1]:0.00}");
        }

        run.AtLeast("digests: mails a second ÷ bare MailKit as it connects by itself", rates.Sum() / byItself.Sum(), 0.9);
        run.AtLeast("digests: mails a second ÷ bare MailKit without Nagle's algorithm", rates.Sum() / floors.Sum(), 0.9);
    }

    private static async Task<double> SendAsync(MemoryForum forum, SmtpSink sink, int partners, DigestFrequency frequency, BenchmarkRun run)
    {
        var (sender, period) = (forum.Get<DigestSender>(), DigestPeriod.Containing(DateOnly.FromDateTime(forum.Clock.GetUtcNow().Date), frequency));
        var contact = (await forum.Get<IPartners>().ContactsOfAsync(Scene.Partner(1), run.Stop))[0].Id;
        forum.Operations.Reset();
        var (before, started) = (sink.Taken, Stopwatch.GetTimestamp());
        await Parallel.ForEachAsync(Enumerable.Range(1, partners), new ParallelOptions { MaxDegreeOfParallelism = InHand, CancellationToken = run.Stop },
            async (i, stop) => await sender.SendAsync(new DigestToSend(1, Scene.Partner(i), contact, period), stop));
        var rate = partners / Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (sink.Taken - before != partners) throw new InvalidOperationException($"{partners} digests were asked for, {sink.Taken - before} mails came.");
        if (frequency == DigestFrequency.Monthly) BenchmarkRun.Say($"operations for {partners}: {forum.Operations}");
        return rate;
    }

    private static async Task<double> SendBareAsync(SmtpSink sink, IReadOnlyList<MimeMessage> mails, bool noDelay, BenchmarkRun run)
    {
        using var smtp = new SmtpClient();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (noDelay)
        {
            await socket.ConnectAsync(IPAddress.Loopback, sink.Port, run.Stop);
            await smtp.ConnectAsync(socket, "127.0.0.1", sink.Port, SecureSocketOptions.None, run.Stop);
        }
        else await smtp.ConnectAsync("127.0.0.1", sink.Port, SecureSocketOptions.None, run.Stop);

        var (before, started) = (sink.Taken, Stopwatch.GetTimestamp());
        foreach (var mail in mails) await smtp.SendAsync(mail, run.Stop);
        var rate = mails.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (sink.Taken - before != mails.Count) throw new InvalidOperationException($"{mails.Count} mails were sent, {sink.Taken - before} came.");
        await smtp.DisconnectAsync(quit: true, run.Stop);
        return rate;
    }
}
