using System.Security.Cryptography;

namespace FundingFlow.Tests.Unit.Storage;

/// <summary>Names of its own for every test, so that stores can be shared.</summary>
public abstract class StoreTest
{
    protected string Table { get; } = "T" + RandomNumberGenerator.GetHexString(16, lowercase: true);
    protected string Queue { get; } = "q-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
    protected string Container { get; } = "c-" + RandomNumberGenerator.GetHexString(16, lowercase: true);

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;
}
