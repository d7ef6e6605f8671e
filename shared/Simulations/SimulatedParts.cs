using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Simulations;

/// <summary>Parts that would be made, as the API gives them.</summary>
internal static class SimulatedParts
{
    /// <param name="grown">What would be there beyond what is there now.</param>
    /// <param name="caller">Sees whose it is, how much in whose money and why, where it may; else only what it counts. Null: it is the pledge's own.</param>
    public static SimulatedPartView View(Allocation part, Placed grown, Caller? caller)
    {
        var isOther = caller is not null && !(caller.MaySeePartner(part.PartnerId) && (!part.Anonymous || caller.MayActForPartner(part.PartnerId)));
        var isNamed = caller is not null && !isOther;
        var (unit, minor) = isOther ? (part.NeedUnit, grown.Value) : (part.Unit, grown.Minor);
        var text = Decimals.Write(minor, unit.Exponent);
        var exchanged = unit != part.NeedUnit;
        return new SimulatedPartView(isNamed ? part.PledgeId : null, isNamed ? part.PartnerId : null, part.Area, part.ProjectId, part.NeedId,
            unit.IsMoney ? text : null, unit.IsMoney ? unit.Code : null,
            unit.Kind == ResourceKind.InKind ? text : null, unit.Kind == ResourceKind.InKind ? unit.Measure : null,
            unit.Kind == ResourceKind.Time ? text : null,
            exchanged ? Decimals.Write(grown.Value, part.NeedUnit.Exponent) : null, exchanged ? part.NeedUnit.Code : null, isOther ? [] : part.Reasons);
    }
}
