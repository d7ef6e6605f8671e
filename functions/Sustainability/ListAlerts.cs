using System.Text.Json;
using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Storage;
using FundingFlow.Sustainability;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

public sealed class ListAlerts(Api api, AlertBook book, IEnumerable<IAlertRule> rules, ForumCalendar calendar)
{
    private const int PageSize = 100;

    private readonly IReadOnlyList<string> kinds = [.. rules.Select(rule => rule.Kind).Append(AlertKinds.FailedMessage).Order(StringComparer.Ordinal)];

    [Function("ListAlerts")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/alerts")] HttpRequest request)
        => api.ForAsync(request, [Role.Staff, Role.Reader], async _ =>
        {
            AlertState? state = null;
            if (Query.Text(request, "state") is { } wanted)
            {
                state = Enum.GetValues<AlertState>().Cast<AlertState?>().FirstOrDefault(known => NameOf(known!.Value) == wanted);
                if (state is null)
                    return ApiResults.From(Refusal.Invalid("/state", "must be one of " + string.Join(", ", Enum.GetValues<AlertState>().Select(NameOf))));
            }

            var kind = Query.Text(request, "kind");
            if (kind is not null && !kinds.Contains(kind)) return ApiResults.From(Refusal.Invalid("/kind", "must be one of " + string.Join(", ", kinds)));
            var today = calendar.Today;
            return ApiResults.From(await PageAsync(kind, state, today, Query.Text(request, "continuation"), request.HttpContext.RequestAborted));
        });

    private async Task<Outcome<ListPage<AlertView>>> PageAsync(string? kind, AlertState? state, DateOnly today, string? continuation, CancellationToken stop)
    {
        try
        {
            var page = await book.PageAsync(kind, alert => state is null || alert.StateOn(today) == state, PageSize, continuation, stop);
            return new ListPage<AlertView>([.. page.Alerts.Select(alert => AlertView.From(alert, today))], page.Continuation);
        }
        catch (ArgumentException) when (continuation is not null)
        {
            return Refusal.Invalid("/continuation", "must be the continuation that the page before gave");
        }
    }

    private static string NameOf(AlertState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
