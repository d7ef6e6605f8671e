using System.Security.Cryptography;
using System.Text;
using FundingFlow.Storage;
using Microsoft.Extensions.Options;

namespace FundingFlow.Access;

/// <summary>Gives a key more to act for; the Partners room calls it for the key that created a partner.</summary>
public interface IKeyBinding
{
    /// <summary>Idempotent. Other instances may go by the old scope for ten seconds more.</summary>
    Task BindPartnerAsync(string keyId, string partnerId, CancellationToken stop);
}

/// <summary>The keys in the table, and the one from the configuration. A lookup is remembered for ten seconds.</summary>
public sealed class Keys(ITables tables, IOptions<AccessOptions> options, TimeProvider clock) : IKeys, IKeyBinding
{
    internal const string Partition = "keys";
    private static readonly Caller Configured = new("configured-staff", Role.Staff, [], [], []);
    private readonly Recent<KeyDocument> recent = new(clock, TimeSpan.FromSeconds(10));
    private readonly byte[]? configured = string.IsNullOrEmpty(options.Value.StaffKey)
        ? null
        : SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.StaffKey));

    public async Task<Caller?> FindAsync(string presentedKey, CancellationToken stop)
    {
        // Both sides are hashes of one length, so the time taken tells nothing about the key.
        if (configured is not null && CryptographicOperations.FixedTimeEquals(configured, SHA256.HashData(Encoding.UTF8.GetBytes(presentedKey))))
            return Configured;
        if (!KeyText.LooksRight(presentedKey)) return null;
        var hash = KeyText.HashOf(presentedKey);
        var found = await recent.FindAsync(hash, async () => await tables.FindAsync(TableNames.Keys, Partition, hash, stop) is { } row
            ? Wire.Read<KeyDocument>(row)
            : null);
        return found?.ToCaller();
    }

    public async Task BindPartnerAsync(string keyId, string partnerId, CancellationToken stop)
    {
        while (await RowAsync(keyId, stop) is { } row)
        {
            var key = Wire.Read<KeyDocument>(row);
            if (key.Partners.Contains(partnerId)) return;
            var bound = key with { Partners = [.. key.Partners, partnerId] };
            try
            {
                await tables.PutAsync(TableNames.Keys, RowChange.Replace(row with { Body = Wire.Write(bound) }), stop);
                recent.Set(row.Key, bound);
                return;
            }
            catch (StoreConflictException)
            {
                // Another request of the same key bound another partner: read again, then add ours.
                continue;
            }
        }
    }

    internal async Task<IReadOnlyList<KeyDocument>> AllAsync(CancellationToken stop)
    {
        var all = new List<KeyDocument>();
        await foreach (var row in tables.PrefixAsync(TableNames.Keys, Partition, "", stop)) all.Add(Wire.Read<KeyDocument>(row));
        return all;
    }

    internal async Task AddAsync(string hash, KeyDocument key, CancellationToken stop)
    {
        await tables.PutAsync(TableNames.Keys, RowChange.Add(new Row(Partition, hash, Wire.Write(key))), stop);
        recent.Set(hash, key);
    }

    /// <summary>False when there is no such key.</summary>
    internal async Task<bool> DeleteAsync(string keyId, CancellationToken stop)
    {
        if (await RowAsync(keyId, stop) is not { } row) return false;
        try
        {
            await tables.CommitAsync(TableNames.Keys, [RowChange.Delete(row with { ETag = null })], stop);
        }
        catch (StoreConflictException gone) when (gone.Kind == ConflictKind.Missing)
        {
            // Someone else deleted it in the meantime: it is gone, as was asked.
            return true;
        }
        finally
        {
            recent.Forget(row.Key);
        }

        return true;
    }

    private async Task<Row?> RowAsync(string keyId, CancellationToken stop)
    {
        if (keyId.Length != 16 || !keyId.All(char.IsAsciiHexDigitLower)) return null;
        await foreach (var row in tables.PrefixAsync(TableNames.Keys, Partition, keyId, stop)) return row;
        return null;
    }
}
