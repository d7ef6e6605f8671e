using System.Text;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Unit.Storage;

/// <summary>What every room relies on in <see cref="IBlobs"/>.</summary>
public abstract class BlobsContract : StoreTest
{
    protected abstract IBlobs Blobs { get; }

    [Fact]
    public async Task A_file_comes_back_byte_for_byte()
    {
        var content = new byte[5 * 1024 * 1024];
        new Random(7).NextBytes(content);
        await WriteAsync("imports/2026/partners 🌍.csv", content);
        Assert.Equal(content, await ReadAsync("imports/2026/partners 🌍.csv"));
    }

    [Fact]
    public async Task A_file_written_again_has_the_new_content()
    {
        await WriteAsync("a.csv", "a longer first version"u8.ToArray());
        await WriteAsync("a.csv", "second"u8.ToArray());
        await WriteAsync("empty.csv", []);
        Assert.Equal("second", Encoding.UTF8.GetString((await ReadAsync("a.csv"))!));
        Assert.Empty((await ReadAsync("empty.csv"))!);
    }

    [Fact]
    public async Task A_missing_file_or_container_reads_as_null()
    {
        Assert.Null(await ReadAsync("a.csv"));
        await WriteAsync("a.csv", "x"u8.ToArray());
        Assert.Null(await ReadAsync("b.csv"));
    }

    [Fact]
    public async Task Many_writers_may_meet_at_the_first_use_of_a_container()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => WriteAsync($"{i}.csv", [(byte)i])));
        Assert.Equal([9], await ReadAsync("9.csv"));
    }

    private async Task WriteAsync(string name, byte[] content)
    {
        using var stream = new MemoryStream(content);
        await Blobs.WriteAsync(Container, name, stream, Stop);
    }

    private async Task<byte[]?> ReadAsync(string name)
    {
        await using var stream = await Blobs.ReadAsync(Container, name, Stop);
        if (stream is null) return null;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Stop);
        return copy.ToArray();
    }
}
