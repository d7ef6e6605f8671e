using System.Reflection;
using FundingFlow.Functions.Http;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Local.Hosting;

/// <summary>HTTP functions on Kestrel: the route and methods of the trigger, which have the syntax of ASP.NET's own.</summary>
public static class HttpFunctions
{
    public static void MapHttpFunctions(this IEndpointRouteBuilder endpoints, FunctionCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        foreach (var function in catalog.Of(TriggerKind.Http))
        {
            var trigger = (HttpTriggerAttribute)function.Trigger;
            var route = "/" + Route(function, trigger).TrimStart('/');
            RequestDelegate serve = context => ServeAsync(context, function);
            var endpoint = trigger.Methods is { Length: > 0 } methods
                ? endpoints.MapMethods(route, methods.Select(method => method.ToUpperInvariant()), serve)
                : endpoints.Map(route, serve);
            endpoint.WithDisplayName(function.Name);
        }
    }

    /// <summary>An address that nothing serves, or not by this method, is refused as functions refuse.</summary>
    public static void UseProblems(this IApplicationBuilder app) => app.UseStatusCodePages(async pages =>
    {
        var (request, response) = (pages.HttpContext.Request, pages.HttpContext.Response);
        Refusal? refusal = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Refusal.NotFound($"Nothing is at {request.Path}. The API's addresses are in /api/openapi.json."),
            StatusCodes.Status405MethodNotAllowed => new Refusal(
                RefusalKind.MethodNotAllowed, $"{request.Path} does not answer to {request.Method}, only to {response.Headers.Allow}."),
            _ => null,
        };
        if (refusal is not null) await ApiResults.From(refusal).ExecuteAsync(pages.HttpContext);
    });

    internal static void Check(FunctionDescriptor function)
    {
        if (function.TriggerParameter.ParameterType != typeof(HttpRequest))
            throw new UnservableFunctionException(function.Name, "its HttpTrigger parameter is not an HttpRequest");
        if (!typeof(IResult).IsAssignableFrom(FunctionInvoker.ResultType(function.Method)))
            throw new UnservableFunctionException(function.Name, "it does not return an IResult or a task of one");
        foreach (var parameter in function.Method.GetParameters())
        {
            if (parameter.ParameterType != typeof(HttpRequest) && parameter.ParameterType != typeof(string)
                && parameter.ParameterType != typeof(CancellationToken))
            {
                throw Unbindable(function, parameter);
            }
        }
    }

    internal static UnservableFunctionException Unbindable(FunctionDescriptor function, ParameterInfo parameter) => new(
        function.Name, $"its parameter '{parameter.Name}' of type {parameter.ParameterType.Name} has nothing to bind to");

    private static string Route(FunctionDescriptor function, HttpTriggerAttribute trigger)
        => string.IsNullOrEmpty(trigger.Route) ? function.Name : trigger.Route;

    private static async Task ServeAsync(HttpContext context, FunctionDescriptor function)
    {
        var result = await FunctionInvoker.InvokeInScopeAsync(context.RequestServices, function, parameter => Bind(context, parameter));
        await ((IResult)result!).ExecuteAsync(context);
    }

    private static object? Bind(HttpContext context, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(HttpRequest))
            return context.Request;
        if (parameter.ParameterType == typeof(CancellationToken))
            return context.RequestAborted;
        return context.Request.RouteValues.TryGetValue(parameter.Name!, out var value)
            ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }
}
