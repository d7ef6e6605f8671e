using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Interop.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Interop;

public sealed class ImportsGet(Api api, ImportReports reports)
{
    private const string Csv = "text/csv; charset=utf-8";

    /// <summary>Also serves <c>/api/imports/template?kind=</c>, which is no id: hosts differ in how they choose between two such routes.</summary>
    [Function("GetImport")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/imports/{id}")] HttpRequest request, string id)
        => api.ForAsync(request, [], async caller => id == "template"
            ? ApiResults.From(ImportsBody.Kind(request), kind => Results.File(ImportTemplate.Of(kind), Csv, $"{kind.ToString().ToLowerInvariant()}.csv"))
            : ApiResults.From(await reports.ViewAsync(id, caller, request.HttpContext.RequestAborted)));

    [Function("GetImportErrors")]
    public Task<IResult> ErrorsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/imports/{id}/errors.csv")] HttpRequest request, string id)
        => api.ForAsync(request, [], async caller => ApiResults.From(
            await reports.ErrorsFileAsync(id, caller, request.HttpContext.RequestAborted), file => Results.File(file, Csv, $"import-{id}-errors.csv")));
}
