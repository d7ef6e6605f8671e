using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Tests.Architecture.Violations.Access;

internal sealed record OfAFunction(Functions.Trigger Trigger);

internal sealed class OfTheFunctionsHost
{
    [Function("Violation")]
    public void Run() => GC.KeepAlive(this);
}
