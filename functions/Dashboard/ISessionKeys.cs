using FundingFlow.Access;
using Microsoft.Extensions.Options;

namespace FundingFlow.Functions.Dashboard;

/// <summary>Looks a session's key up again at every request, so that a deleted key's session ends with it.</summary>
public interface ISessionKeys
{
    /// <summary>Null when there is no such key any more.</summary>
    Task<Caller?> FindByIdAsync(string keyId, CancellationToken stop);
}

public sealed class SessionKeys(IKeys keys, KeyRegister register, IOptions<AccessOptions> options) : ISessionKeys
{
    public async Task<Caller?> FindByIdAsync(string keyId, CancellationToken stop)
    {
        if (options.Value.StaffKey is { Length: > 0 } configured && await keys.FindAsync(configured, stop) is { } staff && staff.KeyId == keyId)
            return staff;
        var found = (await register.ListAsync(stop)).Items.FirstOrDefault(key => key.Id == keyId);
        return found is null ? null : new Caller(found.Id, found.Role, found.Partners, found.Projects, found.Cities);
    }
}
