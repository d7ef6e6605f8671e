using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Tests.Simulation;

/// <summary>Keeps the exceptions that were logged as errors.</summary>
public sealed class TestLog
{
    private readonly ConcurrentQueue<Exception> failures = new();

    public IReadOnlyCollection<Exception> Failures => failures;

    public void Note(Exception failure) => failures.Enqueue(failure);
}

public sealed class TestLogger<T>(TestLog log) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error && exception is not null) log.Note(exception);
    }
}
