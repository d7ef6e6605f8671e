using FundingFlow.Cities;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Simulations;

/// <summary>A partner that is described instead of named; the city still as it was typed.</summary>
public sealed record DescribedPartner(Sector Sector, string? City, string? Country, IReadOnlyList<string> Interests);

/// <summary>What is to be tried: a pledge, of a known or a described partner, or a project; exactly one.</summary>
public sealed record SimulationRequest(PledgeRequest? Pledge, DescribedPartner? Partner, ProjectStatement? Project)
{
    /// <summary>Stands for a described partner; no id of a partner looks like it.</summary>
    public const string Described = "(described)";

    public static SimulationRequest? Read(JsonInput input)
    {
        var partner = input.Object("partner", ReadPartner);
        var instead = input.Has("partner") ? Described : null;
        var pledge = input.Object("pledge", found => PledgeReader.Read(found, instead));
        var project = input.Object("project", ProjectStatement.Read);
        if (input.Has("pledge") == input.Has("project"))
            input.Error(input.Has("pledge") ? "project" : "pledge", "either a pledge or a project is tried: give exactly one");
        else if (input.Has("project") && input.Has("partner"))
            input.Error("partner", "describes who pledges: leave it out with a project");
        return input.Errors.Any ? null : new SimulationRequest(pledge, partner, project);
    }

    private static DescribedPartner? ReadPartner(JsonInput input)
    {
        var sector = input.Choice<Sector>("sector", required: true);
        var (city, country, interests) = (input.Text("city", 100), input.Country("country"), input.AreaSlugs("interests"));
        return sector is null ? null : new DescribedPartner(sector.Value, city, country, interests);
    }
}
