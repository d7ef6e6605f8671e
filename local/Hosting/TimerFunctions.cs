using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Local.Hosting;

/// <summary>Timer functions: each has a loop of its own, so one run at a time, and a slow one delays no other.</summary>
public sealed class TimerFunctions(
    FunctionCatalog catalog, IServiceProvider services, IConfiguration configuration, TimeProvider clock, ILogger<TimerFunctions> log)
    : BackgroundService
{
    private readonly (FunctionDescriptor Function, TimerSchedule Schedule)[] timers =
        [.. catalog.Of(TriggerKind.Timer).Select(function => (function, ScheduleOf(function, configuration)))];

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(timers.Select(timer => Task.Run(() => LoopAsync(timer.Function, timer.Schedule, stoppingToken), stoppingToken)));

    internal static void Check(FunctionDescriptor function)
    {
        if (((TimerTriggerAttribute)function.Trigger).RunOnStartup)
            throw new UnservableFunctionException(function.Name, "RunOnStartup would repeat its work at each restart");
        foreach (var parameter in function.Method.GetParameters())
        {
            if (parameter.ParameterType != typeof(TimerInfo) && parameter.ParameterType != typeof(CancellationToken))
                throw HttpFunctions.Unbindable(function, parameter);
        }
    }

    private static TimerSchedule ScheduleOf(FunctionDescriptor function, IConfiguration configuration)
    {
        try
        {
            return TimerSchedule.Parse(((TimerTriggerAttribute)function.Trigger).Schedule, configuration);
        }
        catch (FormatException e)
        {
            throw new UnservableFunctionException(function.Name, e.Message);
        }
    }

    private async Task LoopAsync(FunctionDescriptor function, TimerSchedule schedule, CancellationToken stop)
    {
        var last = clock.GetUtcNow();
        while (schedule.Next(last) is { } due)
        {
            await UntilAsync(due, stop);
            await RunOnceAsync(function, due, schedule.Next(due), stop);
            // What fell due while it ran is not caught up; a clock that was woken a little early does not run it twice.
            var now = clock.GetUtcNow();
            last = now > due ? now : due;
        }
    }

    private async Task UntilAsync(DateTimeOffset due, CancellationToken stop)
    {
        // At most an hour at a time: a machine that slept, or whose clock was set, is noticed.
        for (var left = due - clock.GetUtcNow(); left > TimeSpan.Zero; left = due - clock.GetUtcNow())
            await Task.Delay(left < TimeSpan.FromHours(1) ? left : TimeSpan.FromHours(1), clock, stop);
    }

    private async Task RunOnceAsync(FunctionDescriptor function, DateTimeOffset due, DateTimeOffset? next, CancellationToken stop)
    {
        var info = new TimerInfo
        {
            ScheduleStatus = new ScheduleStatus { Last = due.UtcDateTime, Next = (next ?? due).UtcDateTime, LastUpdated = due.UtcDateTime },
        };
        try
        {
            await FunctionInvoker.InvokeAsync(
                services, function, parameter => parameter.ParameterType == typeof(TimerInfo) ? info : stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // As in the Functions host: a run that failed is reported, and the next one is due as planned.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "The timer function {Function} failed; it runs again at {Next:u}", function.Name, next);
        }
    }
}
