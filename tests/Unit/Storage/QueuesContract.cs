using FundingFlow.Storage;

namespace FundingFlow.Tests.Unit.Storage;

/// <summary>What every room relies on in <see cref="IQueues"/>.</summary>
public abstract class QueuesContract : StoreTest
{
    protected abstract IQueues Queues { get; }

    [Fact]
    public async Task Messages_come_back_unchanged_and_in_order()
    {
        string[] bodies = ["{\"v\":1}", "🌍 مدرسة \"<&>\" \u0001", "second", ""];
        foreach (var body in bodies) await Queues.SendAsync(Queue, body, Stop);
        var peeked = await Queues.PeekAsync(Queue, Stop);
        Assert.Equal(bodies, peeked.Select(message => message.Body));
        Assert.Equal(bodies, (await Queues.PeekAsync(Queue, Stop)).Select(message => message.Body));
        Assert.Equal(4, await Queues.CountAsync(Queue, Stop));
        Assert.Equal(4, peeked.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_missing_queue_reads_as_an_empty_one()
    {
        Assert.Empty(await Queues.PeekAsync(Queue, Stop));
        Assert.Equal(0, await Queues.CountAsync(Queue, Stop));
        await Queues.RemoveAsync(Queue, _ => true, Stop);
    }

    [Fact]
    public async Task Peeking_shows_at_most_32_messages()
    {
        for (var i = 0; i < 40; i++) await Queues.SendAsync(Queue, $"{i}", Stop);
        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"{i}"), (await Queues.PeekAsync(Queue, Stop)).Select(message => message.Body));
        Assert.Equal(40, await Queues.CountAsync(Queue, Stop));
    }

    [Fact]
    public async Task Removing_takes_what_is_done_and_leaves_the_rest_visible_at_once()
    {
        for (var i = 0; i < 6; i++) await Queues.SendAsync(Queue, $"{i} 🌍", Stop);
        await Queues.RemoveAsync(Queue, message => (message.Body[0] - '0') % 2 == 0, Stop);
        Assert.Equal(["1 🌍", "3 🌍", "5 🌍"], (await Queues.PeekAsync(Queue, Stop)).Select(message => message.Body).Order());
        await Queues.RemoveAsync(Queue, _ => true, Stop);
        Assert.Equal(0, await Queues.CountAsync(Queue, Stop));
    }

    [Fact]
    public async Task A_message_for_later_waits_unseen()
    {
        await Queues.SendAsync(Queue, "later", Stop, TimeSpan.FromMinutes(5));
        await Queues.SendAsync(Queue, "now", Stop);
        Assert.Equal("now", Assert.Single(await Queues.PeekAsync(Queue, Stop)).Body);
        Assert.Equal(2, await Queues.CountAsync(Queue, Stop));
    }

    [Fact]
    public async Task Many_senders_may_meet_at_the_first_use_of_a_queue()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Queues.SendAsync(Queue, $"{i}", Stop)));
        Assert.Equal(24, (await Queues.PeekAsync(Queue, Stop)).Select(message => message.Body).Distinct().Count());
    }

    [Fact]
    public async Task A_message_of_48_KiB_is_taken_and_one_byte_more_is_refused()
    {
        var largest = new string('é', 24 * 1024);
        await Queues.SendAsync(Queue, largest, Stop);
        await Assert.ThrowsAsync<ArgumentException>(() => Queues.SendAsync(Queue, largest + 'x', Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Queues.SendAsync(Queue, "half \ud83c", Stop));
        Assert.Equal(largest, Assert.Single(await Queues.PeekAsync(Queue, Stop)).Body);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Pledges")]
    [InlineData("pledges_submitted")]
    [InlineData("-pledges")]
    public async Task A_name_that_no_queue_can_have_is_refused(string queue)
        => await Assert.ThrowsAsync<ArgumentException>(() => Queues.SendAsync(queue, "x", Stop));
}
