using FundingFlow.Partners;

namespace FundingFlow.Ledger.Conditions;

/// <summary>The firm funding of one project by sector, in its money, kept up while pledges are settled. A partner is no match for itself.</summary>
internal sealed class SectorFunding
{
    private readonly Dictionary<Sector, Int128> ofSector = [];
    private readonly Dictionary<(Sector, string PartnerId), Int128> ofPartner = [];

    public void Add(ConfirmedPledge pledge, Int128 value)
    {
        // A part from before sectors were kept matches nothing.
        if (pledge.Sector is not { } sector) return;
        ofSector[sector] = ofSector.GetValueOrDefault(sector) + value;
        ofPartner[(sector, pledge.PartnerId)] = ofPartner.GetValueOrDefault((sector, pledge.PartnerId)) + value;
    }

    public Int128 OfOthers(Sector sector, string partnerId) => ofSector.GetValueOrDefault(sector) - ofPartner.GetValueOrDefault((sector, partnerId));
}
