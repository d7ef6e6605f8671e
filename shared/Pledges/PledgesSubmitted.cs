using System.Text;
using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <summary>Message in <c>pledges-submitted</c>: one pledge, or many that were taken in together.</summary>
/// <param name="Bucket">Partition of the entries in Submitted that go once the pledges are placed.</param>
public sealed record PledgesSubmitted(int V, string Bucket, IReadOnlyList<Pledge> Pledges)
{
    /// <summary>UTF-8 bytes of a whole message: what the queue takes, before Base64.</summary>
    public const int MostBytes = 48 * 1024;

    /// <summary>UTF-8 bytes of one pledge in it; the rest is what stands around it.</summary>
    public const int MostPledgeBytes = MostBytes - 512;

    /// <summary>
    /// Sent by the intake, which wrote the row as the pledge is here: it need not be read to be believed. Every other message leaves that to the row.
    /// </summary>
    public bool Accepted { get; init; }

    /// <summary>One entry in Submitted, under <see cref="EntryKeyOf"/>, stands for all of them; else each has its own.</summary>
    public bool Together { get; init; }

    /// <summary>
    /// The ETag of each pledge's row as it was accepted, in the order of <see cref="Pledges"/>; null where nothing has to be
    /// written to the row before it is placed.
    /// </summary>
    public IReadOnlyList<string?>? ETags { get; init; }

    /// <summary>
    /// The row key of the entry that stands for a message. Made from its text: an entry that is there proves that this very
    /// content was accepted, and one that is gone, that all of it was placed.
    /// </summary>
    public static string EntryKeyOf(string message) => "together|" + PledgeId.Short(message);
}

/// <summary>A message for many pledges, and which they are.</summary>
public sealed record PledgeParcel(string Bucket, string Message, IReadOnlyList<string> PledgeIds)
{
    private const int BytesAround = 256;
    private const int MostPledges = 100;

    public string EntryKey { get; } = PledgesSubmitted.EntryKeyOf(Message);

    /// <summary>Puts the pledges into as few messages as hold them, in their order.</summary>
    /// <param name="pledges">Each small enough for a message of its own.</param>
    public static IEnumerable<PledgeParcel> Pack(string bucket, IEnumerable<StoredPledge> pledges)
    {
        var (taken, bytes) = (new List<StoredPledge>(), BytesAround);
        foreach (var pledge in pledges)
        {
            var more = Encoding.UTF8.GetByteCount(Wire.Write(pledge.Value)) + pledge.ETag.Length + 10;
            if (taken.Count == MostPledges || (taken.Count > 0 && bytes + more > PledgesSubmitted.MostBytes))
            {
                yield return Of(bucket, taken);
                (taken, bytes) = ([], BytesAround);
            }

            taken.Add(pledge);
            bytes += more;
        }

        if (taken.Count > 0) yield return Of(bucket, taken);
    }

    private static PledgeParcel Of(string bucket, List<StoredPledge> pledges)
    {
        var etags = pledges.Select(pledge => PledgeLines.SplitOf(pledge.Value) is null ? pledge.ETag : null).ToList();
        var message = new PledgesSubmitted(1, bucket, [.. pledges.Select(pledge => pledge.Value)])
        {
            Together = true,
            ETags = etags.Exists(tag => tag is not null) ? etags : null,
        };
        return new PledgeParcel(bucket, Wire.Write(message), [.. pledges.Select(pledge => pledge.Value.Id)]);
    }
}
