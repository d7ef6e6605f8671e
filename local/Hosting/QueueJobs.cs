using System.Reflection;
using System.Reflection.Emit;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.WebJobs;

namespace FundingFlow.Local.Hosting;

/// <summary>
/// The listener wants methods with its own attributes, ours carry the worker's. So a type is written at start, with one method
/// for each function: <c>[FunctionName("X")] Task X([QueueTrigger("q")] QueueMessage m, CancellationToken stop) => Dispatch("X", m, stop)</c>.
/// </summary>
internal static class QueueJobs
{
    public static Type TypeFor(IEnumerable<FunctionDescriptor> functions)
    {
        var module = AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName("FundingFlow.Local.QueueJobs"), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("jobs");
        var type = module.DefineType("QueueJobs", TypeAttributes.Public | TypeAttributes.Sealed, typeof(QueueJobBase));
        DefineConstructor(type);
        foreach (var function in functions)
            DefineJob(type, function);
        return type.CreateType();
    }

    private static void DefineConstructor(TypeBuilder type)
    {
        var parent = typeof(QueueJobBase).GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance).Single();
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(QueueDispatcher)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, parent);
        il.Emit(OpCodes.Ret);
    }

    private static void DefineJob(TypeBuilder type, FunctionDescriptor function)
    {
        var queue = ((Microsoft.Azure.Functions.Worker.QueueTriggerAttribute)function.Trigger).QueueName;
        var job = type.DefineMethod(
            function.Name, MethodAttributes.Public | MethodAttributes.HideBySig, typeof(Task), [typeof(QueueMessage), typeof(CancellationToken)]);
        job.SetCustomAttribute(Attribute<FunctionNameAttribute>(function.Name));
        job.DefineParameter(1, ParameterAttributes.None, "message").SetCustomAttribute(Attribute<QueueTriggerAttribute>(queue));
        job.DefineParameter(2, ParameterAttributes.None, "stop");

        var il = job.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldstr, function.Name);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(QueueJobBase).GetMethod("DispatchAsync", BindingFlags.NonPublic | BindingFlags.Instance)!);
        il.Emit(OpCodes.Ret);
    }

    private static CustomAttributeBuilder Attribute<T>(string argument)
        => new(typeof(T).GetConstructor([typeof(string)])!, [argument]);
}

/// <summary>What the written type derives from. Public, because a type of another assembly does.</summary>
public abstract class QueueJobBase
{
    private readonly QueueDispatcher dispatcher;

    protected QueueJobBase(QueueDispatcher dispatcher) => this.dispatcher = dispatcher;

    protected Task DispatchAsync(string function, QueueMessage message, CancellationToken stop)
        => dispatcher.DispatchAsync(function, message, stop);
}

/// <summary>Finds the function for a message that the listener has handed over.</summary>
public sealed class QueueDispatcher(
    IEnumerable<FunctionDescriptor> functions, Func<FunctionDescriptor, QueueMessage, CancellationToken, Task> dispatch)
{
    private readonly Dictionary<string, FunctionDescriptor> byName = functions.ToDictionary(function => function.Name, StringComparer.Ordinal);

    internal Task DispatchAsync(string function, QueueMessage message, CancellationToken stop)
        => dispatch(byName[function], message, stop);
}
