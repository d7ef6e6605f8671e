using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Local.Hosting;

/// <summary>One method that carries <see cref="FunctionAttribute"/>, and the trigger that starts it.</summary>
public sealed record FunctionDescriptor(string Name, MethodInfo Method, Attribute Trigger, ParameterInfo TriggerParameter)
{
    public TriggerKind Kind => Trigger switch
    {
        HttpTriggerAttribute => TriggerKind.Http,
        QueueTriggerAttribute => TriggerKind.Queue,
        TimerTriggerAttribute => TriggerKind.Timer,
        _ => throw new UnservableFunctionException(Name, $"its trigger {Trigger.GetType().Name} is not known here"),
    };
}

public enum TriggerKind
{
    Http,
    Queue,
    Timer,
}
