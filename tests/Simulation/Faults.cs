using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

public enum Fault
{
    /// <summary>The write is lost and the caller told so, as by a 503.</summary>
    TimeoutBefore,

    /// <summary>The write took effect and the caller is told that it timed out.</summary>
    TimeoutAfter,

    /// <summary>The worker ends before the write; nothing of it is written from then on.</summary>
    CrashBefore,

    /// <summary>The worker ends right after the write took effect.</summary>
    CrashAfter,

    /// <summary>Another worker's change came first, or so the store says.</summary>
    ConflictBefore,

    /// <summary>The SDK repeated a write that had taken effect, and met its own commit.</summary>
    ConflictAfter,

    /// <summary>Another worker does something between what this one has read and what it writes.</summary>
    Overtaken,

    /// <summary>It takes minutes until the write takes effect.</summary>
    Slow,
}

/// <summary>Thrown into a write in place of an answer.</summary>
public sealed class SimulatedFaultException(Fault fault) : Exception($"Simulated: {fault}.");

/// <summary>Lets one write of a step fail: a commit, or a message sent.</summary>
public sealed class Faults
{
    private static readonly TimeSpan SlowTakes = TimeSpan.FromMinutes(7);
    private readonly TestClock clock;
    private Fault? armed;
    private int writesUntil;

    public Faults(TestForum forum)
    {
        ArgumentNullException.ThrowIfNull(forum);
        clock = forum.Clock;
        forum.Tables.BeforeCommit = (_, changes) => BeforeAsync(changes);
        forum.Tables.AfterCommit = (_, changes) => AfterAsync(changes);
        forum.Queues.BeforeSend = (_, _) => BeforeAsync(null);
    }

    /// <summary>What the other worker does.</summary>
    public Func<Task> Overtake { get; init; } = () => Task.CompletedTask;

    public bool HasFired { get; private set; }

    /// <summary>The worker is gone: it writes nothing any more.</summary>
    public bool HasCrashed { get; private set; }

    /// <param name="writes">The fault meets this write, counted from 1.</param>
    public void Arm(Fault? fault, int writes)
        => (armed, writesUntil, HasFired, HasCrashed) = (fault, writes, false, false);

    /// <param name="changes">Null: a message is sent.</param>
    private Task BeforeAsync(IReadOnlyList<RowChange>? changes)
    {
        if (HasCrashed) throw new SimulatedFaultException(Fault.CrashBefore);
        if (armed is not { } fault || --writesUntil > 0) return Task.CompletedTask;
        if (fault == Fault.Overtaken)
        {
            armed = null;
            return Overtake();
        }

        if (fault == Fault.Slow)
        {
            armed = null;
            clock.Advance(SlowTakes);
            return Task.CompletedTask;
        }

        if (changes is null) return Fire(fault is Fault.CrashBefore or Fault.CrashAfter ? Fault.CrashBefore : Fault.TimeoutBefore);
        if (fault is Fault.TimeoutAfter or Fault.CrashAfter or Fault.ConflictAfter) return Task.CompletedTask;
        // Only a row that was read before can have been changed since.
        if (fault == Fault.ConflictBefore && changes.Any(change => change is { Kind: ChangeKind.Replace, Row.ETag: not null }))
            return Fire(fault, ConflictKind.Changed);
        return Fire(fault == Fault.ConflictBefore ? Fault.TimeoutBefore : fault);
    }

    private Task AfterAsync(IReadOnlyList<RowChange> changes)
    {
        if (armed is not { } fault || writesUntil > 0) return Task.CompletedTask;
        return fault == Fault.ConflictAfter && RefusalOfRepetition(changes) is { } conflict
            ? Fire(fault, conflict)
            : Fire(fault == Fault.ConflictAfter ? Fault.TimeoutAfter : fault);
    }

    private Task Fire(Fault fault, ConflictKind? conflict = null)
    {
        armed = null;
        HasFired = true;
        HasCrashed = fault is Fault.CrashBefore or Fault.CrashAfter;
        throw conflict is { } kind ? new StoreConflictException(kind, 0) : new SimulatedFaultException(fault);
    }

    /// <summary>How the store would refuse to do these changes again; null: it would not.</summary>
    private static ConflictKind? RefusalOfRepetition(IReadOnlyList<RowChange> changes)
        => changes.FirstOrDefault(change => change.Kind != ChangeKind.Upsert) switch
        {
            { Kind: ChangeKind.Add } => ConflictKind.AlreadyExists,
            { Kind: ChangeKind.Delete } => ConflictKind.Missing,
            { } => ConflictKind.Changed,
            null => null,
        };
}
