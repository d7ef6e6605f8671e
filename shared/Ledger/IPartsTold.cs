namespace FundingFlow.Ledger;

/// <summary>Hears where partners are told that their units lie, so that these stay there for a while.</summary>
public interface IPartsTold
{
    /// <summary>Before the mail goes out: what is noted and then not sent stays a little longer than it had to. Idempotent.</summary>
    Task TellAsync(IEnumerable<Allocation> parts, CancellationToken stop);
}
