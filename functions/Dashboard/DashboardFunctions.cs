using FundingFlow.Functions.Http;
using FundingFlow.Sustainability.Overview;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Dashboard;

/// <summary>GET: the overview, or the form that asks for a key.</summary>
public sealed class ShowDashboard(DashboardDoor door, IOverview overview, ForumCalendar calendar)
{
    [Function("ShowDashboard")]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard")] HttpRequest request)
    {
        var stop = request.HttpContext.RequestAborted;
        if (await door.CallerAsync(request, stop) is not { } caller) return door.Form(request);
        var view = await overview.ReadAsync(calendar.Today, stop);
        var sort = ProjectOrders.From(request.Query["sort"].ToString());
        var renews = request.Query["renew"] == "1";
        return HtmlPage.Answer(request, nonce => OverviewPage.Of(view, new PageFacts(door.ForumName, caller.Role, door.LocalTime(calendar.Now), sort, renews, nonce)));
    }
}

/// <summary>POST: exchanges a key for a session.</summary>
public sealed class LoginToDashboard(DashboardDoor door)
{
    [Function("LoginToDashboard")]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/login")] HttpRequest request)
        => door.LoginAsync(request, request.HttpContext.RequestAborted);
}

/// <summary>POST: ends the session in this browser.</summary>
public sealed class LogoutFromDashboard(DashboardDoor door)
{
    [Function("LogoutFromDashboard")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/logout")] HttpRequest request)
        => door.Logout(request);
}
