using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>PUT of projects: the row, then what it states to the books.</summary>
public sealed class ProjectRegister(
    ProjectDirectory projects, ProjectPlaces places, ILedgerReader books, INeedLedger needs, IQueues queues, IRates rates)
{
    /// <summary>Longer than the row and the books take, and than lookups are old; a crash between the two is healed by the message then.</summary>
    private static readonly TimeSpan Healing = TimeSpan.FromSeconds(15);

    public async Task<Outcome<Storage.Stored<Project>>> PutAsync(
        string id, ProjectStatement statement, Precondition condition, Caller caller, CancellationToken stop)
    {
        if (!Slug.IsValid(id)) return Refusal.Invalid("/id", Slug.Rule);
        if (statement.Id is { } stated && stated != id) return Refusal.Invalid("/id", "must be the id in the address, or be left out");
        Project? before = null;
        var put = await projects.PutAsync(
            id, condition,
            present => NextAsync(id, statement, before = present, caller, stop),
            project => queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, project.Id, null)), stop, Healing),
            stop);
        if (put.Refusal is not null || put.Value.Effect == Effect.Unchanged) return put;
        await needs.StateNeedsAsync(put.Value.Value, caller.KeyId, stop);
        await TellAsync(before, put.Value.Value, stop);
        return put;
    }

    /// <summary>What a PUT would do, refused where it would be; nothing is stored.</summary>
    public async Task<Outcome<Effect>> TryAsync(string id, ProjectStatement statement, Caller caller, CancellationToken stop)
    {
        var present = (await projects.StoredAsync(id, stop))?.Value;
        if (present is not null && !caller.MayActForProject(id, present.City)) return Forbidden(id);
        var imagined = await ImagineAsync(id, statement, stop);
        if (imagined.Refusal is { } no) return no;
        if (!caller.MayActForProject(id, imagined.Value.City)) return Forbidden(id);
        return present is null ? Effect.Created : Wire.Write(present) == Wire.Write(imagined.Value) ? Effect.Unchanged : Effect.Changed;
    }

    /// <summary>
    /// The books tell of what they hold. The budget is not in them, and the runway follows from it; and whoever looks at once may still see
    /// the project as it was.
    /// </summary>
    private async Task TellAsync(Project? before, Project now, CancellationToken stop)
    {
        var told = before is null ? now.Budget.Count == 0 || now.Needs.Count > 0
            : before.Budget.SequenceEqual(now.Budget) && (before.Status, before.StartsOn, before.EndsOn) == (now.Status, now.StartsOn, now.EndsOn);
        if (told) return;
        var first = new PartRef(now.Id, now.Needs.Count > 0 ? now.Needs[0].Id : "");
        await queues.SendAsync(QueueNames.FundingChanged, Wire.Write(new FundingChanged(1, now.Area, [first])), stop, Healing);
    }

    /// <summary>The project that a PUT would make, refused where it would be; nothing is stored, and anybody may ask.</summary>
    public async Task<Outcome<Project>> ImagineAsync(string id, ProjectStatement statement, CancellationToken stop)
    {
        var placed = await places.ImagineAsync(statement, stop);
        if (placed.Refusal is { } unknown) return unknown;
        var present = (await projects.StoredAsync(id, stop))?.Value;
        var project = Build(id, statement, placed.Value, present);
        return present is not null && NeedChanges.Check(project, statement, await books.PositionsOfAsync(present, stop)) is { } no ? no : project;
    }

    private async Task<Outcome<Project>> NextAsync(string id, ProjectStatement statement, Project? present, Caller caller, CancellationToken stop)
    {
        if (present is not null && !caller.MayActForProject(id, present.City)) return Forbidden(id);
        var placed = await places.FindAsync(statement, mayCreate: caller.MayActForProject(id, ""), stop);
        if (placed.Refusal is { } unknown) return unknown;
        if (!caller.MayActForProject(id, placed.Value.City)) return Forbidden(id);
        var project = Build(id, statement, placed.Value, present);
        if (present is null) return project;
        var positions = await books.PositionsOfAsync(present, stop);
        if (NeedChanges.Check(project, statement, positions) is { } no) return no;
        return await VacateAsync(present, project, statement, NeedChanges.ToVacate(project, positions), caller, stop) is { } overtaken ? overtaken : project;
    }

    /// <summary>Closes the books in which a need will no longer be, so that no placement slips in between this check and the statement.</summary>
    private async Task<Refusal?> VacateAsync(
        Project present, Project next, ProjectStatement statement, IReadOnlyList<Position> toVacate, Caller caller, CancellationToken stop)
    {
        if (toVacate.Count == 0) return null;
        // Should the row not be written after all, the books are brought back to what it states.
        await queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, present.Id, null)), stop, Healing);
        foreach (var held in toVacate)
        {
            if (await needs.TryVacateAsync(held.Area, held.Ref, caller.KeyId, stop)) continue;
            await needs.StateNeedsAsync(present, caller.KeyId, stop);
            return NeedChanges.Overtaken(next, statement, held);
        }

        return null;
    }

    private Project Build(string id, ProjectStatement statement, ProjectPlaces.Found placed, Project? present)
    {
        Need[] stated = [.. statement.Needs.Zip(placed.NeedCities, (need, city)
            => new Need(need.Id, need.Unit, need.Required, need.MinimumViable, need.Area ?? statement.Area, city))];
        return new Project(id, statement.Title, placed.City, placed.Country, statement.Area, statement.Currency ?? rates.Reporting,
            statement.StartsOn, statement.EndsOn, statement.RequestedBy, statement.Implementers, stated, statement.Budget)
        {
            Status = statement.Status,
            FormerAreas = [.. (present?.NeedAreas ?? []).Except(stated.Select(need => need.Area)).Order(StringComparer.Ordinal)],
        };
    }

    private static Refusal Forbidden(string id) => Refusal.Forbidden($"This key does not act for the project {id}, nor for its city.");
}
