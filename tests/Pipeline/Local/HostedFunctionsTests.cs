using FundingFlow.Local.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Tests.Pipeline.Local;

public class HostedFunctionsTests
{
    [Fact]
    public void Every_function_of_the_app_is_served()
    {
        var written = FunctionsHost.FunctionsAssembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttributes(typeof(FunctionAttribute), false).Cast<FunctionAttribute>().SingleOrDefault()?.Name)
            .OfType<string>();

        Assert.Equal(written.Order(StringComparer.Ordinal), FunctionsHost.Catalog.Functions.Select(function => function.Name));
    }

    [Theory]
    [InlineData(typeof(TakesAContext), "TakesAContext", "FunctionContext")]
    [InlineData(typeof(AnswersNothing), "AnswersNothing", "IResult")]
    [InlineData(typeof(TakesAPoco), "TakesAPoco", "not a string")]
    [InlineData(typeof(RunsOnStartup), "RunsOnStartup", "RunOnStartup")]
    [InlineData(typeof(HasNoTrigger), "HasNoTrigger", "0 triggers")]
    [InlineData(typeof(WritesByBinding), "WritesByBinding", "output binding")]
    public void A_function_that_cannot_be_served_stops_the_start_and_is_named(Type type, string name, string reason)
    {
        var refused = Assert.Throws<UnservableFunctionException>(() => FunctionCatalog.Of([type]));

        Assert.Equal(name, refused.Function);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    public sealed class TakesAContext
    {
        [Function("TakesAContext")]
        public IResult Run([HttpTrigger] HttpRequest request, FunctionContext context) => Results.Ok();
    }

    public sealed class AnswersNothing
    {
        [Function("AnswersNothing")]
        public Task Run([HttpTrigger] HttpRequest request) => Task.CompletedTask;
    }

    public sealed class TakesAPoco
    {
        [Function("TakesAPoco")]
        public Task Run([QueueTrigger("q")] Uri message) => Task.CompletedTask;
    }

    public sealed class RunsOnStartup
    {
        [Function("RunsOnStartup")]
        public Task Run([TimerTrigger("0 0 8 * * *", RunOnStartup = true)] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class HasNoTrigger
    {
        [Function("HasNoTrigger")]
        public Task Run(string message) => Task.CompletedTask;
    }

    public sealed class WritesByBinding
    {
        [Function("WritesByBinding")]
        [QueueOutput("out")]
        public Task<string> Run([QueueTrigger("in")] string message) => Task.FromResult(message);
    }
}
