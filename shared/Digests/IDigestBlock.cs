namespace FundingFlow.Digests;

/// <param name="IsNews">Worth a mail by itself; a digest without any is not sent.</param>
public sealed record DigestPart(MailSection Section, bool IsNews);

/// <summary>
/// One block of the digest: a pure function. To add one, add a class that implements this, with its own words in
/// all languages; it is found by itself.
/// </summary>
public interface IDigestBlock
{
    /// <summary>Blocks stand in this order.</summary>
    int Order { get; }

    /// <summary>Null when there is nothing to show.</summary>
    DigestPart? Read(DigestData data);
}
