using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Simulations;

/// <summary>Parts that would be made, as the API gives them.</summary>
internal static class SimulatedParts
{
    /// <param name="grown">What would be there beyond what is there now.</param>
    /// <param name="caller">Sees whose it is where it may; null: it is the pledge's own.</param>
    public static SimulatedPartView View(Allocation part, Placed grown, Caller? caller)
    {
        var text = Decimals.Write(grown.Minor, part.Unit.Exponent);
        var exchanged = part.Unit != part.NeedUnit;
        var named = caller is not null && caller.MaySeePartner(part.PartnerId) && (!part.Anonymous || caller.MayActForPartner(part.PartnerId));
        return new SimulatedPartView(named ? part.PledgeId : null, named ? part.PartnerId : null, part.Area, part.ProjectId, part.NeedId,
            part.Unit.IsMoney ? text : null, part.Unit.IsMoney ? part.Unit.Code : null,
            part.Unit.Kind == ResourceKind.InKind ? text : null, part.Unit.Kind == ResourceKind.InKind ? part.Unit.Measure : null,
            part.Unit.Kind == ResourceKind.Time ? text : null,
            exchanged ? Decimals.Write(grown.Value, part.NeedUnit.Exponent) : null, exchanged ? part.NeedUnit.Code : null, part.Reasons);
    }
}
