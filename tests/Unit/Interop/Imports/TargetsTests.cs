using System.Text;
using FundingFlow.Access;
using FundingFlow.Interop.Imports;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Tests.Unit.Interop.Imports;

public sealed class TargetsTests : IAsyncDisposable
{
    private const string Flows = """
        amountUSD,srcOrganization,srcOrganizationTypes,destPlanId,contributionType,date,status,decisionDate,originalAmount,originalCurrency,exchangeRate,id,refCode
        1200,"Utopia, Government of",Government,929,financial,2020-05-02,paid,2020-05-01,1000,EUR,0.833,1,U-7
        500,Harbour Foundation,Private organization/foundation,,financial,2020-06-01,commitment,,,,,2,
        0,"Utopia, Government of",Government,929,financial,2020-05-02,paid,,0,EUR,0.833,3,
        750,Harbour Shipping,Private organization/foundation,1006,in kind,2020-06-01,commitment,,,JPY,,4,
        75,,,929,financial,2020-06-01,paid,,,,,5,
        80,Star Traders,Guild,929,financial,2020-06-01,paid,,,,,6,
        """;

    private const string Plans = """
        countryCode,id,name,code,typeId,typeName,startDate,endDate,year,requirements,funding,percentFunded
        AFG,929,Plan A,A,4,Plan,2020-01-01,2020-12-31,2020,5000,1,1
        AFG,1006,Plan B,B,4,Plan,2020-05-01,2020-12-31,2020,,1,
        """;

    private readonly AppInMemory app = new();

    [Fact]
    public async Task Pledges_come_in_with_their_partners_status_stated_value_and_earmark()
    {
        await app.ImportAsync(ImportKind.Projects, Bytes(Plans), AppInMemory.Mapping("fts-requirements"));

        var view = await app.ImportAsync(ImportKind.Pledges, Bytes(Flows), AppInMemory.Mapping("fts-flows"));

        Assert.Equal((6, 4, 2), (view.Rows, view.Accepted, view.Refused));
        Assert.Equal([(4, "amount"), (7, "partnerSector")], view.Errors.Select(error => (error.Line, error.Field)));
        var first = await PledgeAsync("utopia-government-of", "fts-1");
        Assert.Equal((100_000, "EUR", StatedStatus.Receipt, "U-7", false), (first.Resource.Minor, first.Resource.Unit.Code, first.Status, first.Reference, first.Hold));
        Assert.Equal(new StatedValue(120_000, "USD"), first.Stated);
        Assert.Equal(["fts-plan-929"], first.Earmark.Projects);
        Assert.Equal(new DateOnly(2020, 5, 1), first.PledgedOn);
        Assert.True((await PledgeAsync("harbour-foundation", "fts-2")).Hold);
        Assert.Equal((75_000, "USD"), await AmountAsync("harbour-shipping", "fts-4"));
        Assert.Equal((7_500, "USD"), await AmountAsync("donor-not-stated", "fts-5"));
        Assert.Equal([Sector.Public, Sector.Nonprofit, Sector.Private, Sector.Nonprofit],
            [await SectorAsync("utopia-government-of"), await SectorAsync("harbour-foundation"), await SectorAsync("harbour-shipping"), await SectorAsync("donor-not-stated")]);
        Assert.Null(await app.Get<IPartners>().FindAsync("star-traders", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pledge_of_a_hundred_costs_a_fifth_of_a_storage_operation_from_its_row_in_the_file_to_placed()
    {
        await app.ImportAsync(ImportKind.Partners, "id,name,sector,country\nrome,Rome,public,IT\nbern,Bern,public,CH\n");
        await app.ImportAsync(ImportKind.Projects, Bytes(Plans), AppInMemory.Mapping("fts-requirements"));
        // The first one reads what those that follow know.
        await app.ImportAsync(ImportKind.Pledges, "id,partner,amount,currency,areas\nfirst,rome,1.00,USD,socio-economic\nother,bern,1.00,USD,socio-economic\n");
        await app.PlaceAsync();
        app.Operations.Reset();

        var view = await app.ImportAsync(ImportKind.Pledges,
            "id,partner,amount,currency,areas\n" + string.Concat(Enumerable.Range(1, 400).Select(i => $"{i},{(i % 2 == 0 ? "rome" : "bern")},1.00,USD,socio-economic\n")));
        await app.PlaceAsync();
        await app.Get<SubmittedLog>().FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal((400, 0), (view.Accepted, view.Refused));
        Assert.True(app.Operations.Total <= 400 / 5, app.Operations.ToString());
    }

    [Fact]
    public async Task A_dry_run_finds_the_same_lines_and_creates_nobody()
    {
        await app.ImportAsync(ImportKind.Projects, Bytes(Plans), AppInMemory.Mapping("fts-requirements"));
        var view = await app.ImportAsync(ImportKind.Pledges, Bytes(Flows), AppInMemory.Mapping("fts-flows"), dryRun: true);
        Assert.Equal((4, 0, 2), (view.Accepted, view.Unchanged, view.Refused));
        Assert.Null(await app.Get<IPartners>().FindAsync("utopia-government-of", TestContext.Current.CancellationToken));

        await app.ImportAsync(ImportKind.Pledges, Bytes(Flows), AppInMemory.Mapping("fts-flows"));
        view = await app.ImportAsync(ImportKind.Pledges, Bytes(Flows), AppInMemory.Mapping("fts-flows"), dryRun: true);
        Assert.Equal((4, 4, 2), (view.Accepted, view.Unchanged, view.Refused));
    }

    [Fact]
    public async Task An_earmark_for_an_unknown_project_is_refused_by_line()
    {
        var view = await app.ImportAsync(ImportKind.Pledges, Bytes(Flows), AppInMemory.Mapping("fts-flows"), dryRun: true);
        Assert.Equal([2, 4, 5, 6, 7], view.Errors.Select(error => error.Line));
        Assert.Equal("projects", view.Errors[0].Field);
    }

    [Fact]
    public async Task A_plan_that_states_no_requirement_is_a_need_without_one_and_dates_stay()
    {
        var view = await app.ImportAsync(ImportKind.Projects, Bytes(Plans), AppInMemory.Mapping("fts-requirements"));
        Assert.Equal((2, 0), (view.Accepted, view.Refused));
        var (one, other) = (await ProjectAsync("fts-plan-929"), await ProjectAsync("fts-plan-1006"));
        Assert.Equal((500_000, 0), (Assert.Single(one.Needs).Required, Assert.Single(other.Needs).Required));
        Assert.Equal(("AF", new DateOnly(2020, 5, 1), new DateOnly(2020, 12, 31)), (other.Country, other.StartsOn, other.EndsOn));
    }

    [Fact]
    public async Task City_projects_come_in_by_words_in_their_category_and_a_row_without_cost_is_refused()
    {
        const string csv = "Vote Year,Council District,Category,Title,Cost\n"
            + "2016,3,Arts and Culture,\" Mural\nworkshop \",20000\n2016,3,PARKS  & recreation,Ball court,150000\n2016,3,Parks & Recreation,Ball court,150000\n"
            + "2016,3,Public Schools and Libraries,Reading room,50000\n2016,3,,Benches,7000\n2016,3,Streets,Curbs,\n";

        var view = await app.ImportAsync(ImportKind.Projects, Bytes(csv), AppInMemory.Mapping("nyc-participatory-budgeting"));

        Assert.Equal((6, 5, 1), (view.Rows, view.Accepted, view.Refused));
        Assert.Equal((8, "amount"), (view.Errors[0].Line, view.Errors[0].Field));
        Assert.Contains("(column Cost)", view.Errors[0].Error, StringComparison.Ordinal);
        var projects = await app.Get<IProjects>().AllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["culture", "socio-economic", "sport", "sport", "youth"], projects.Select(project => project.Area).Order());
        Assert.Contains(projects, project => project.Title == "Mural workshop" && project.Currency == "USD" && project.Country == "US");
    }

    [Fact]
    public async Task The_second_import_of_a_file_changes_nothing()
    {
        var first = await app.ImportAsync(ImportKind.Projects, Bytes(Plans), AppInMemory.Mapping("fts-requirements"), key: "a");
        var second = await app.ImportAsync(ImportKind.Projects, Bytes(Plans), AppInMemory.Mapping("fts-requirements"), key: "b");
        Assert.Equal((2, 0, 2, 2), (first.Accepted, first.Unchanged, second.Accepted, second.Unchanged));

        first = await app.ImportAsync(ImportKind.Pledges, Bytes(Flows), AppInMemory.Mapping("fts-flows"), key: "c");
        second = await app.ImportAsync(ImportKind.Pledges, Bytes(Flows), AppInMemory.Mapping("fts-flows"), key: "d");
        Assert.Equal((4, 0, 4, 4), (first.Accepted, first.Unchanged, second.Accepted, second.Unchanged));
    }

    [Fact]
    public async Task The_templates_import_one_after_the_other_and_do_it_again_without_a_change()
    {
        foreach (var key in (string[])["first", "second"])
            foreach (var kind in Enum.GetValues<ImportKind>())
            {
                var view = await app.ImportAsync(kind, ImportTemplate.Of(kind), null, key: key + kind);
                Assert.Empty(view.Errors);
                Assert.Equal((1, key == "first" ? 0 : 1), (view.Accepted, view.Unchanged));
            }
    }

    [Fact]
    public async Task Goods_and_hours_come_in_too()
    {
        await app.ImportAsync(ImportKind.Partners, "id,name,sector\nacme,Acme,private\n");
        const string csv = "id,partner,kind,item,quantity,estimatedValue,estimatedCurrency,skill,hours,people,areas,dueOn\n"
            + "1,acme,inKind,laptop,20,9000.00,EUR,,,,ict;youth,2199-01-01\n2,acme,time,,,,,training,40.5,3,,\n3,acme,time,,,,,training,40,several,,\n";
        var view = await app.ImportAsync(ImportKind.Pledges, csv);
        Assert.Equal((2, 1), (view.Accepted, view.Refused));
        Assert.Equal((4, "people"), (view.Errors[0].Line, view.Errors[0].Field));
        var goods = await PledgeAsync("acme", "1");
        Assert.Equal((ResourceKind.InKind, 900_000L, 2), (goods.Resource.Unit.Kind, goods.Resource.EstimatedValue!.Value, goods.Areas.Count));
        Assert.Equal((4050, 3), ((await PledgeAsync("acme", "2")).Resource.Minor, (await PledgeAsync("acme", "2")).Resource.People));
    }

    [Fact]
    public async Task A_rate_makes_the_stated_value_where_none_is_stated()
    {
        await app.ImportAsync(ImportKind.Partners, "id,name,sector\nacme,Acme,private\n");
        const string mapping = """
            {"kind":"pledges","fields":{"id":"{id}","partner":"acme","amount":"{amount}","currency":"KWD","rate":"{rate}","statedCurrency":"USD"}}
            """;
        await app.ImportAsync(ImportKind.Pledges, "id,amount,rate\n1,1000.000,0.3\n", mapping);
        Assert.Equal(new StatedValue(333_333, "USD"), (await PledgeAsync("acme", "1")).Stated);
    }

    [Fact]
    public async Task A_fundraiser_imports_pledges_of_its_partners_only()
    {
        await app.ImportAsync(ImportKind.Partners, "id,name,sector\nacme,Acme,private\nother,Other,public\n");
        var fundraiser = new Caller("f", Role.Fundraiser, ["acme"], [], []);
        foreach (var dryRun in (bool[])[true, false])
        {
            var view = await app.ImportAsync(ImportKind.Pledges, "id,partner,amount,currency\n1,acme,5,EUR\n2,other,5,EUR\n", dryRun: dryRun, caller: fundraiser);
            Assert.Equal((1, 1, 3), (view.Accepted, view.Refused, view.Errors[0].Line));
        }
    }

    [Fact]
    public async Task A_city_imports_projects_in_its_cities_only()
    {
        await app.ImportAsync(ImportKind.Partners, "id,name,sector,city,country\nrome,Rome,public,Rome,IT\n");
        var city = new Caller("c", Role.City, [], [], ["rome"]);
        const string csv = "id,title,city,country,area,currency,amount\na,One,Rome,IT,youth,EUR,5\nb,Two,Oslo,NO,youth,EUR,5\n";
        foreach (var dryRun in (bool[])[true, false])
        {
            var view = await app.ImportAsync(ImportKind.Projects, csv, dryRun: dryRun, caller: city);
            Assert.Equal((1, 1, 3), (view.Accepted, view.Refused, view.Errors[0].Line));
        }
    }

    [Fact]
    public async Task What_the_run_refuses_of_a_project_the_dry_run_refuses_too()
    {
        await app.ImportAsync(ImportKind.Partners, "id,name,sector\nacme,Acme,private\n");
        const string csv = "id,title,city,country,area,currency,amount\nfarm,Farm,Kigali,RW,youth,EUR,5\n";
        await app.ImportAsync(ImportKind.Projects, csv);
        await app.ImportAsync(ImportKind.Pledges, "id,partner,amount,currency,areas,status\n1,acme,5,EUR,youth,commitment\n");
        await app.PlaceAsync();
        foreach (var dryRun in (bool[])[true, false])
        {
            var view = await app.ImportAsync(ImportKind.Projects, csv.Replace("EUR", "USD", StringComparison.Ordinal), dryRun: dryRun);
            Assert.Equal((dryRun, 0, 1), (view.DryRun, view.Accepted, view.Refused));
        }
    }

    [Fact]
    public async Task What_the_run_refuses_of_a_partner_the_dry_run_refuses_too()
    {
        const string mapping = """
            {"kind":"pledges","createPartners":true,"fields":{"id":"{id}","partner":"utopia","partnerSector":"public","partnerCity":"{city}","amount":"{amount}","currency":"EUR"}}
            """;
        foreach (var dryRun in (bool[])[true, false])
        {
            var view = await app.ImportAsync(ImportKind.Pledges, "id,city,amount\n1,Amaurot,5\n", mapping, dryRun);
            Assert.Equal((dryRun, 1, "partnerCity"), (view.DryRun, view.Refused, Assert.Single(view.Errors).Field));
            view = await app.ImportAsync(ImportKind.Partners, "id,name,sector,language\nacme,Acme,private,it\n", dryRun: dryRun);
            Assert.Equal((dryRun, 1, "email"), (view.DryRun, view.Refused, Assert.Single(view.Errors).Field));
        }
    }

    [Fact]
    public async Task A_dry_run_knows_partners_with_a_contact_and_pledges_to_a_project_that_has_ended_again()
    {
        const string partners = "id,name,sector,city,country,email\nacme,Acme,private,Rome,IT,a@acme.example\n";
        const string projects = "id,title,city,country,area,currency,amount,endsOn\nfarm,Farm,Kigali,RW,youth,EUR,5,2199-01-01\n";
        const string pledges = "id,partner,amount,currency,projects\n1,acme,5,EUR,farm\n";
        var fundraiser = new Caller("f", Role.Fundraiser, ["acme"], [], []);
        await app.ImportAsync(ImportKind.Partners, partners);
        await app.ImportAsync(ImportKind.Projects, projects);
        await app.ImportAsync(ImportKind.Pledges, pledges, caller: fundraiser);
        await app.ImportAsync(ImportKind.Projects, projects.Replace("2199", "2020", StringComparison.Ordinal));
        foreach (var dryRun in (bool[])[true, false])
        {
            var view = await app.ImportAsync(ImportKind.Partners, partners, dryRun: dryRun, key: $"a{dryRun}");
            Assert.Equal((1, 1), (view.Accepted, view.Unchanged));
            view = await app.ImportAsync(ImportKind.Pledges, pledges, dryRun: dryRun, key: $"b{dryRun}", caller: fundraiser);
            Assert.Equal((1, 1), (view.Accepted, view.Unchanged));
        }
    }

    [Fact]
    public async Task An_id_that_is_taken_is_told_by_its_field_however_the_row_names_the_partner()
    {
        await app.ImportAsync(ImportKind.Partners, "id,name,sector\nacme,Acme,private\n");
        foreach (var dryRun in (bool[])[true, false])
        {
            var twice = await app.ImportAsync(ImportKind.Pledges, "id,partner,partnerName,amount,currency\n1,acme,,5,EUR\n1,,Acme,6,EUR\n", dryRun: dryRun);
            Assert.Equal((1, 3, "id"), (twice.Accepted, Assert.Single(twice.Errors).Line, twice.Errors[0].Field));
        }

        foreach (var dryRun in (bool[])[true, false])
        {
            var other = await app.ImportAsync(ImportKind.Pledges, "id,partner,amount,currency\n1,acme,7,EUR\n", dryRun: dryRun);
            Assert.Equal((2, "id"), (Assert.Single(other.Errors).Line, other.Errors[0].Field));
            Assert.Contains("amend that pledge", other.Errors[0].Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_value_without_its_currency_is_told_by_the_currency()
    {
        await app.ImportAsync(ImportKind.Partners, "id,name,sector\nacme,Acme,private\n");
        var view = await app.ImportAsync(ImportKind.Pledges, "id,partner,kind,item,quantity,estimatedValue\n1,acme,inKind,laptop,20,9000.00\n");
        Assert.Equal("estimatedCurrency", Assert.Single(view.Errors).Field);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static byte[] Bytes(string csv) => Encoding.UTF8.GetBytes(csv);

    private async Task<Pledge> PledgeAsync(string partner, string key)
        => (await app.Get<PledgeStore>().FindAsync(PledgeId.Of(partner, key), TestContext.Current.CancellationToken))!.Value;

    private async Task<(long, string)> AmountAsync(string partner, string key)
    {
        var pledge = await PledgeAsync(partner, key);
        return (pledge.Resource.Minor, pledge.Resource.Unit.Code);
    }

    private async Task<Sector?> SectorAsync(string partner) => (await app.Get<IPartners>().FindAsync(partner, TestContext.Current.CancellationToken))?.Sector;

    private async Task<Project> ProjectAsync(string id) => (await app.Get<IProjects>().FindAsync(id, TestContext.Current.CancellationToken))!;
}
