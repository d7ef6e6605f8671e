namespace FundingFlow.Access;

/// <summary>Roles of a key; see the README for what each may do.</summary>
public enum Role { Reader, Fundraiser, City, Staff }

/// <summary>Who calls: an opaque key id, its role, and the partners, projects and cities it is bound to (staff and readers: none needed).</summary>
public sealed record Caller(string KeyId, Role Role, IReadOnlyList<string> Partners, IReadOnlyList<string> Projects, IReadOnlyList<string> Cities)
{
    /// <summary>The system itself: timers, messages.</summary>
    public static readonly Caller System = new("system", Role.Staff, [], [], []);

    public bool IsStaff => Role == Role.Staff;

    /// <summary>Staff and readers see all; a fundraiser its partners.</summary>
    public bool MaySeePartner(string partnerId) => Role is Role.Staff or Role.Reader || Partners.Contains(partnerId);

    public bool MayActForPartner(string partnerId) => IsStaff || (Role == Role.Fundraiser && Partners.Contains(partnerId));

    /// <summary>A city key acts for its projects, and for projects in its cities.</summary>
    public bool MayActForProject(string projectId, string cityId)
        => IsStaff || (Role == Role.City && (Projects.Contains(projectId) || Cities.Contains(cityId)));
}

/// <summary>Turns a presented key into its caller.</summary>
public interface IKeys
{
    /// <summary>Null when the key is unknown or deleted.</summary>
    Task<Caller?> FindAsync(string presentedKey, CancellationToken stop);
}
