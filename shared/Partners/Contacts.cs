using FundingFlow.Storage;
using FundingFlow.Validation;
using Microsoft.Extensions.Options;

namespace FundingFlow.Partners;

/// <summary>What contacts decide for themselves, on their page or by the link in a mail.</summary>
public interface IContactChoices
{
    /// <summary>From then on no PUT of the partner changes the choice. Null when there is no such contact.</summary>
    Task<Contact?> ChooseAsync(string partnerId, string contactId, DigestChoice choice, CancellationToken stop);
}

/// <summary>The rows of Contacts: partition = partner, row = contact.</summary>
public sealed class Contacts(ITables tables, IOptions<FundingFlowOptions> options) : IContactChoices
{
    public async Task<IReadOnlyList<Contact>> OfAsync(string partnerId, CancellationToken stop)
        => [.. (await RowsAsync(partnerId, stop)).Values.Select(Wire.Read<Contact>).Where(contact => contact.IsPresent)];

    public async Task<Contact?> ChooseAsync(string partnerId, string contactId, DigestChoice choice, CancellationToken stop)
    {
        if (!Slug.IsValid(partnerId) || !Slug.IsValid(contactId)) return null;
        while (true)
        {
            if (await tables.FindAsync(TableNames.Contacts, partnerId, contactId, stop) is not { } row) return null;
            var present = Wire.Read<Contact>(row);
            if (!present.IsPresent) return null;
            var chosen = present with { Digest = choice, ChosenByContact = true };
            try
            {
                await tables.PutAsync(TableNames.Contacts, RowChange.Replace(row with { Body = Wire.Write(chosen) }), stop);
                return chosen;
            }
            catch (StoreConflictException)
            {
                continue; // A PUT of the partner came in between: read again, the choice holds over it.
            }
        }
    }

    /// <summary>What the PUT would change, decided on the rows as they are now; committed by <see cref="CommitAsync"/>.</summary>
    internal async Task<Outcome<List<RowChange>>> PlanAsync(string partnerId, string partnerName, PartnerStatement statement, CancellationToken stop)
    {
        if (statement.Contacts is not { } stated) return new List<RowChange>();
        var rows = await RowsAsync(partnerId, stop);
        var changes = new List<RowChange>();
        foreach (var contact in stated)
        {
            var row = rows.GetValueOrDefault(contact.Id);
            var present = row is null ? null : Wire.Read<Contact>(row);
            if (contact.Email is null && present is not { IsPresent: true })
                return Refusal.Invalid("/email", "is required: the partner has no main contact yet");
            var next = ContactRules.Next(partnerId, partnerName, contact, present, options.Value.TimeZone);
            if (row is null) changes.Add(RowChange.Add(new Row(partnerId, contact.Id, Wire.Write(next))));
            else if (Wire.Write(present) != Wire.Write(next)) changes.Add(RowChange.Replace(row with { Body = Wire.Write(next) }));
        }

        foreach (var row in statement.AllContacts ? rows.Values.Where(row => stated.All(contact => contact.Id != row.Key)) : [])
        {
            var present = Wire.Read<Contact>(row);
            if (!present.IsPresent) continue;
            changes.Add(ContactRules.Left(present) is { } left
                ? RowChange.Replace(row with { Body = Wire.Write(left) })
                : RowChange.Delete(row));
        }

        return changes;
    }

    /// <returns>False when another writer changed one of them since: plan again.</returns>
    internal async Task<bool> CommitAsync(IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        try
        {
            foreach (var chunk in changes.Chunk(100)) await tables.CommitAsync(TableNames.Contacts, chunk, stop);
            return true;
        }
        catch (StoreConflictException)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, Row>> RowsAsync(string partnerId, CancellationToken stop)
    {
        var rows = new Dictionary<string, Row>(StringComparer.Ordinal);
        await foreach (var row in tables.PrefixAsync(TableNames.Contacts, partnerId, "", stop)) rows.Add(row.Key, row);
        return rows;
    }
}
